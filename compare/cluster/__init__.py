"""Claims that are about one event, and why."""

from compare.cluster.average import link_clusters
from compare.cluster.events import cluster_events, explain_link
from compare.cluster.neighbours import window_neighbours

__all__ = ["cluster_events", "explain_link", "link_clusters", "window_neighbours"]
