"""What people read in the reference beside the shapes."""

USUAL = {
    "list": "List {many}.",
    "retrieve": "One {one}.",
    "create": "Create {a} {one}.",
    "update": "Change {a} {one}.",
    "partial_update": "Change {a} {one}.",
    "destroy": "Delete {a} {one}.",
}
INTRODUCTION = """
**Credentials.** An API key (`manage.py apikey EMAIL --name NAME`) in `X-API-KEY`, as a bearer
token or as the user name of HTTP Basic; or a JWT of `/api/v1/auth/login` as a bearer token. In the
browser the session that you are signed in with.

**Ids** come as strings; a body may send them as strings or whole numbers. **Money** is a number
with exactly the decimals of its currency. **PUT** and **PATCH** both change only what they name.

**Repeating safely.** A POST with an `Idempotency-Key` can be sent again: it is answered again, not
done again. **Changing safely.** A detail's `ETag` sent as `If-Match` refuses a change (412) where
somebody else was faster.

**Lists** take `limit` and `page`, `sort` (`-total,number`) and filters; `X-Total-Count` says how
many rows there are on all pages. Without a limit most lists give everything.

**Refusals** have one form: `{"error": code, "message": sentence, "errors": {field: [reasons]}}`.
"""


def usual(view) -> str:
    """What a standard action does, in the envelope's own word."""
    action = getattr(view, "action", None)
    if action not in USUAL or not hasattr(view, "one"):
        return ""
    names = {"one": view.one, "many": getattr(view, "many", "")}
    names["a"] = "an" if view.one[0] in "aeiou" else "a"
    return USUAL[action].format(**names).replace("_", " ")
