// Explorer of a comparison. Every word from outside enters the page as text
// (textContent), never as markup; nothing is fetched.

const MARKS = { figure: "mark", source: "i", cue: "i" };

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function choice(label, values, names, onChange) {
  const wrap = make("label", "cmp-choice", label + " ");
  const select = make("select");
  const all = make("option", "", "all");
  all.value = "";
  select.append(all);
  values.forEach((value) => {
    const option = make("option", "", names(value));
    option.value = String(value);
    select.append(option);
  });
  select.addEventListener("change", () => onChange(select.value));
  wrap.append(select);
  return wrap;
}

// Offsets count code points; a JavaScript string counts UTF-16 units.
function marked(parent, text, spans) {
  const points = Array.from(text);
  const cuts = new Set([0, points.length]);
  spans.forEach(([start, end]) => { cuts.add(start); cuts.add(end); });
  const sorted = [...cuts].filter((c) => c >= 0 && c <= points.length).sort((a, b) => a - b);
  let first = null;
  for (let i = 0; i + 1 < sorted.length; i += 1) {
    const inside = spans.filter(([s, e]) => s <= sorted[i] && sorted[i + 1] <= e).map((s) => s[2]);
    let node = document.createTextNode(points.slice(sorted[i], sorted[i + 1]).join(""));
    Object.keys(MARKS).forEach((mark) => {
      if (!inside.includes(mark)) return;
      const frame = make(MARKS[mark], "cmp-" + mark);
      frame.append(node);
      node = frame;
    });
    if (inside.includes("claim")) {
      const frame = make("span", "cmp-claim");
      frame.append(node);
      node = frame;
      first = first || frame;
    }
    parent.append(node);
  }
  return first;
}

function render({ model, el }) {
  const data = model.get("data");
  const filter = { event: "", actor: "", aspect: "", verdict: "" };
  const root = make("div", "cmp-explorer");
  const bar = make("div", "cmp-bar");
  const count = make("p", "cmp-count");
  count.setAttribute("role", "status");
  const scroll = make("div", "cmp-scroll");
  const detail = make("div", "cmp-detail");
  detail.setAttribute("aria-live", "polite");
  root.append(bar, count, scroll, detail);

  const set = (name) => (value) => { filter[name] = value; draw(); };
  const same = (value) => value;
  bar.append(
    choice("Event", data.events.map((e) => e.id),
      (id) => data.events.find((e) => e.id === id).title, set("event")),
    choice("Source", data.actors, same, set("actor")),
    choice("Aspect", data.aspects, same, set("aspect")),
    choice("Verdict", data.verdicts, (v) => data.labels[v], set("verdict")),
  );

  function openDocument(quote, box) {
    const text = make("div", "cmp-document");
    text.tabIndex = 0;
    text.setAttribute("role", "region");
    text.setAttribute("aria-label", "Document " + quote.document);
    const first = marked(text, data.documents[quote.document], quote.spans);
    box.replaceChildren(text);
    if (first) text.scrollTop = first.offsetTop - text.offsetTop - 60;
  }

  function openRow(row) {
    model.set("selected", row.number);
    model.save_changes();
    detail.replaceChildren(make("h4", "", row.question + (row.place ? ", " + row.place : "")));
    row.reasons.forEach((reason) => detail.append(make("p", "cmp-reason", "→ " + reason)));
    row.quotes.forEach((id) => {
      const quote = data.quotes[id];
      if (filter.actor && quote.actor !== filter.actor) return;
      const box = make("div", "cmp-quote");
      const head = make("button", "cmp-open", quote.actor + ", " + quote.publisher + ", " + quote.day);
      head.type = "button";
      const words = make("p", "cmp-words", "“" + quote.words + "”");
      const place = make("p", "cmp-place",
        quote.document + ", characters " + quote.start + "–" + quote.end);
      const page = make("div");
      head.addEventListener("click", () => openDocument(quote, page));
      box.append(head, words, place, page);
      detail.append(box);
      if (row.quotes.length === 1) openDocument(quote, page);
    });
  }

  function draw() {
    const rows = data.rows.filter((row) =>
      (!filter.event || String(row.event) === filter.event)
      && (!filter.actor || row.actors.includes(filter.actor))
      && (!filter.aspect || row.aspect === filter.aspect)
      && (!filter.verdict || row.verdict === filter.verdict));
    count.textContent = rows.length + " of " + data.rows.length + " rows";
    const camps = data.camps.filter((c) => rows.some((row) => row.says[c.id]));
    const table = make("table");
    const head = make("tr");
    ["Question", "Verdict", ...camps.map((c) => c.name)].forEach((name) => {
      const cell = make("th", "", name);
      cell.scope = "col";
      head.append(cell);
    });
    const thead = make("thead");
    thead.append(head);
    const body = make("tbody");
    rows.forEach((row) => {
      const line = make("tr");
      const title = make("th");
      title.scope = "row";
      const open = make("button", "cmp-open", row.question + (row.place ? ", " + row.place : ""));
      open.type = "button";
      open.addEventListener("click", () => openRow(row));
      title.append(open);
      line.append(title, make("td", "cmp-" + row.verdict, data.labels[row.verdict]));
      camps.forEach((c) => {
        const said = row.says[c.id];
        const cell = make("td", said ? "cmp-says" : "cmp-silent", said || "silent");
        if (said) cell.addEventListener("click", () => openRow(row));
        line.append(cell);
      });
      body.append(line);
    });
    table.append(thead, body);
    scroll.replaceChildren(table);
    detail.replaceChildren();
  }

  draw();
  el.append(root);
}

export default { render };
