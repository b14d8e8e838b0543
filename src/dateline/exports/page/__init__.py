"""Readings and events as one self-contained HTML page: map, timeline, events, claims and the words behind them."""

from dateline.exports.page.page import render_page, write_page

__all__ = ["render_page", "write_page"]
