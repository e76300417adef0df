// Explorer of a comparison. Every word from outside enters the page as text
// (textContent), never as markup; nothing is fetched.

const MARKS = { figure: "mark", source: "i", cue: "i" };

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function button(className, text, onClick) {
  const node = make("button", className, text);
  node.type = "button";
  node.addEventListener("click", onClick);
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
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Questions by source");
  const detail = make("div", "cmp-detail");
  root.append(bar, count, scroll, detail);
  let opened = null; // the button that opened the detail, to go back to

  const set = (name) => (value) => { filter[name] = value; draw(); };
  const same = (value) => value;
  bar.append(
    choice("Event", data.events.map((e) => e.id),
      (id) => data.events.find((e) => e.id === id).title, set("event")),
    choice("Source", data.actors, same, set("actor")),
    choice("Aspect", data.aspects, same, set("aspect")),
    choice("Verdict", data.verdicts, (v) => data.labels[v], set("verdict")),
    button("cmp-clear", "Show all", () => {
      Object.keys(filter).forEach((name) => { filter[name] = ""; });
      bar.querySelectorAll("select").forEach((select) => { select.value = ""; });
      draw();
    }),
  );

  function openDocument(quote, box, head) {
    const text = make("div", "cmp-document");
    text.tabIndex = 0;
    text.setAttribute("role", "region");
    text.setAttribute("aria-label", "Document " + quote.document);
    const first = marked(text, data.documents[quote.document], quote.spans);
    box.replaceChildren(text);
    head.setAttribute("aria-expanded", "true");
    if (first) text.scrollTop = first.offsetTop - 60;
  }

  function toggleDocument(quote, box, head) {
    if (!box.firstChild) return openDocument(quote, box, head);
    box.replaceChildren();
    return head.setAttribute("aria-expanded", "false");
  }

  // The quotations of a row, or only those of the cell's statement that was clicked.
  function openRow(row, ids, by) {
    model.set("selected", row.number);
    model.save_changes();
    if (opened) opened.removeAttribute("aria-current");
    opened = by;
    opened.setAttribute("aria-current", "true");
    const title = make("h4", "", row.question + (row.place ? ", " + row.place : ""));
    title.tabIndex = -1;
    detail.replaceChildren(title, make("p", "cmp-verdict", data.labels[row.verdict]
      + (row.reviewed ? ", reviewed" : ", automatic")));
    row.reasons.forEach((reason) => detail.append(make("p", "cmp-reason", "→ " + reason)));
    if (ids.length < row.quotes.length) {
      detail.append(button("cmp-open cmp-rest", "All " + row.quotes.length
        + " quotations of this row", () => openRow(row, row.quotes, by)));
    }
    ids.forEach((id, at) => {
      const quote = data.quotes[id];
      const box = make("div", "cmp-quote");
      const page = make("div");
      const head = button("cmp-open",
        quote.actor + ", " + quote.publisher + ", " + quote.day,
        () => toggleDocument(quote, page, head));
      head.setAttribute("aria-expanded", "false");
      const words = make("p", "cmp-words", "“" + quote.words + "”");
      const place = make("p", "cmp-place",
        quote.document + ", characters " + quote.start + "–" + quote.end);
      box.append(head, words, place, page);
      detail.append(box);
      if (at === 0 && (ids.length === 1 || by.matches(".cmp-statement"))) {
        openDocument(quote, page, head);
      }
    });
    title.focus({ preventScroll: true });
    detail.scrollIntoView({ block: "nearest" });
  }

  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opened || !detail.firstChild) return;
    event.stopPropagation();
    detail.replaceChildren();
    opened.removeAttribute("aria-current");
    opened.focus();
  });

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
      const open = button("cmp-open", row.question + (row.place ? ", " + row.place : ""),
        () => openRow(row, row.quotes.filter((id) =>
          !filter.actor || data.quotes[id].actor === filter.actor), open));
      title.append(open);
      const verdict = make("td", "cmp-" + row.verdict, data.labels[row.verdict]);
      if (row.reviewed) verdict.append(make("span", "cmp-reviewed", "✓ reviewed"));
      line.append(title, verdict);
      camps.forEach((c) => {
        const said = row.says[c.id];
        const cell = make("td", said ? "cmp-says" : "cmp-silent", said ? undefined : "silent");
        (said || []).forEach((statement) => {
          const by = button("cmp-statement", statement.says,
            () => openRow(row, statement.quotes, by));
          by.append(make("span", "cmp-by", statement.actor));
          if (filter.actor && statement.actor === filter.actor) by.classList.add("cmp-match");
          cell.append(by);
        });
        line.append(cell);
      });
      body.append(line);
    });
    table.append(thead, body);
    scroll.replaceChildren(table);
    detail.replaceChildren();
    opened = null;
  }

  draw();
  el.append(root);
}

export default { render };
