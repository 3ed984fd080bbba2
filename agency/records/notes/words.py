"""The words of notes and comments: HTML that is safe to show, whoever wrote it."""

import html
import re

import nh3
from django.utils.html import escape, linebreaks, urlize

TAGS = {
    *("p", "br", "strong", "b", "em", "i", "u", "s", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "a", "h3", "h4"),
}
ADDRESSES = {"http", "https", "mailto"}
BREAK = re.compile(r"<br\s*/?>|</(?:li|h3|h4|pre|blockquote)>")
PARAGRAPH = re.compile(r"</p>\s*")
TAG = re.compile(r"<[^>]*>")


def clean(text: str) -> str:
    """HTML with nothing in it but the tags of a simple text."""
    found = nh3.clean(
        text.replace("\0", ""),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=ADDRESSES,
        link_rel="noopener noreferrer nofollow",
    )
    return found.strip()


def from_text(text: str) -> str:
    """What somebody typed, as safe HTML: paragraphs, breaks and links."""
    typed = text.replace("\r\n", "\n").strip()
    return clean(linebreaks(urlize(escape(typed)))) if typed else ""


def to_text(cleaned: str) -> str:
    """The plain text of cleaned HTML, to be edited or sent by mail."""
    text = cleaned.replace("\n", " ") if "<p>" in cleaned else cleaned
    text = PARAGRAPH.sub("\n\n", BREAK.sub("\n", text))
    text = html.unescape(TAG.sub("", text))
    return re.sub(r"\n +", "\n", text).strip()
