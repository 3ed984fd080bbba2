"""A small Xero behind HTTP that keeps what it is told: invoices, contacts, keys, and its faults."""

import json
import re
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

RATES = {"OUTPUT": "0.10", "EXEMPTOUTPUT": "0", "BASEXCLUDED": "0", "EXEMPTEXPORT": "0"}
CENT = Decimal("0.01")
MOVES = {
    "DRAFT": {"SUBMITTED", "AUTHORISED", "DELETED"},
    "SUBMITTED": {"DRAFT", "AUTHORISED", "DELETED"},
    "AUTHORISED": {"VOIDED"},
}


class RefusedError(Exception):
    """What Xero says no with."""


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


class Ledger:
    """The books; ``faults`` says how the next calls go wrong: [(method, part of path, fault)]."""

    def __init__(self) -> None:
        self.invoices: dict[str, dict] = {}
        self.contacts: dict[str, dict] = {}
        self.keys: dict[str, tuple] = {}
        self.asked: list[str] = []
        self.mails: list[str] = []
        self.faults: list[tuple] = []
        self.version = 0
        self.lock = Lock()

    # -- what tests say and ask -------------------------------------------------------------------
    def fails(self, method: str, path: str, fault, times: int = 1) -> None:
        self.faults += [(method, path, fault)] * times

    def fault_of(self, method: str, path: str):
        for fault in self.faults:
            if fault[0] == method and fault[1] in path:
                self.faults.remove(fault)
                return fault[2]
        return None

    def numbered(self, number: str) -> list[dict]:
        return [one for one in self.invoices.values() if one["InvoiceNumber"] == number]

    def add_contact(self, name: str, number: str = "", email: str = "", **values) -> str:
        made = {"ContactID": str(uuid4()), "Name": name, "ContactNumber": number}
        made |= {"EmailAddress": email, "ContactStatus": "ACTIVE", **values}
        self.contacts[made["ContactID"]] = made
        return made["ContactID"]

    # -- the calls --------------------------------------------------------------------------------
    def call(self, method: str, path: str, query: dict, body: dict, key: str):
        with self.lock:
            if key and key in self.keys:
                return self.keys[key]
            try:
                answer = 200, self.route(method, path.strip("/").split("/"), query, body)
            except RefusedError as no:
                answer = 400, refusal(str(no))
            except KeyError:
                answer = 404, {}
            if key:
                self.keys[key] = answer
            return answer

    def route(self, method: str, parts: list[str], query: dict, body: dict):
        kind, rest = parts[0], parts[1:]
        if kind == "Contacts":
            return {"Contacts": self.contact(method, rest, query, body)}
        if rest and rest[1:] == ["Email"]:
            if self.invoices[rest[0]]["Status"] == "DRAFT":
                raise RefusedError("A draft cannot be mailed.")
            self.mails.append(rest[0])
            return {}
        if rest and rest[1:] == ["OnlineInvoice"]:
            return {"OnlineInvoices": [{"OnlineInvoiceUrl": f"https://in.xero.com/{rest[0]}"}]}
        return {"Invoices": self.invoice(method, rest, query, body)}

    def invoice(self, method: str, rest: list[str], query: dict, body: dict) -> list[dict]:
        if method == "PUT":
            return [self.created(body["Invoices"][0])]
        if method == "POST":
            return [self.moved(self.invoices[rest[0]], body["Invoices"][0]["Status"])]
        if rest:
            return [self.invoices[rest[0]]]
        ids = query.get("IDs", "").split(",") if query.get("IDs") else []
        return [self.invoices[one] for one in ids] or self.numbered(number_in(query))

    def created(self, raw: dict) -> dict:
        if raw["Contact"]["ContactID"] not in self.contacts:
            raise RefusedError("The contact does not exist.")
        if any(
            one["Status"] not in {"VOIDED", "DELETED"}
            for one in self.numbered(raw["InvoiceNumber"])
        ):
            raise RefusedError("Invoice # must be unique.")
        made = {**raw, "InvoiceID": str(uuid4()), "AmountPaid": 0, "AmountCredited": 0}
        made["Contact"] = self.contacts[raw["Contact"]["ContactID"]]
        add_up(made)
        self.invoices[made["InvoiceID"]] = made
        return self.touched(made)

    def moved(self, one: dict, status: str) -> dict:
        if status not in MOVES.get(one["Status"], set()):
            raise RefusedError(f"Invoice not of valid status for modification: {one['Status']}")
        one["Status"] = status
        return self.touched(one)

    def touched(self, one: dict) -> dict:
        self.version += 1
        one["UpdatedDateUTC"] = f"/Date({1_790_000_000_000 + self.version * 1000}+0000)/"
        return one

    def contact(self, method: str, rest: list[str], query: dict, body: dict) -> list[dict]:
        if method == "PUT":
            raw = body["Contacts"][0]
            if any(
                one["Name"] == raw["Name"] and one["ContactStatus"] == "ACTIVE"
                for one in self.contacts.values()
            ):
                raise RefusedError(f"The contact name {raw['Name']} is already assigned.")
            number, email = raw["ContactNumber"], raw.get("EmailAddress", "")
            return [self.contacts[self.add_contact(raw["Name"], number, email)]]
        if rest:
            return [self.contacts[rest[0]]]
        return [one for one in self.contacts.values() if matches(one, query)]


def number_in(query: dict) -> str:
    text = " ".join(query.values())
    quoted = re.search(r'InvoiceNumber==?"([^"]*)"', text)
    return query.get("InvoiceNumbers") or (quoted[1] if quoted else "")


def matches(one: dict, query: dict) -> bool:
    numbered = re.search(r'ContactNumber==?"([^"]*)"', query.get("where", ""))
    if numbered:
        return one["ContactNumber"] == numbered[1]
    word = query.get("searchTerm", "").casefold()
    return word in f"{one['Name']} {one['EmailAddress']}".casefold()


def add_up(made: dict) -> None:
    """As Xero does: each line rounded, taxed and rounded, then summed."""
    inclusive = made["LineAmountTypes"] == "Inclusive"
    net = tax = Decimal(0)
    for line in made["LineItems"]:
        amount = cents(
            Decimal(str(line["Quantity"])) * Decimal(str(line["UnitAmount"]))
            - Decimal(str(line.get("DiscountAmount", 0)))
        )
        rate = Decimal(RATES[line["TaxType"]])
        part = cents(amount * rate / (1 + rate) if inclusive else amount * rate)
        part = Decimal(str(line.get("TaxAmount", part)))
        line |= {"LineItemID": str(uuid4()), "LineAmount": str(amount), "TaxAmount": str(part)}
        net += amount - part if inclusive else amount
        tax += part
    made |= {"SubTotal": str(net), "TotalTax": str(tax), "Total": str(net + tax)}
    made["AmountDue"] = made["Total"]


def refusal(message: str) -> dict:
    problem = {"Type": "ValidationException", "Message": "A validation exception occurred"}
    return problem | {"ErrorNumber": 10, "Elements": [{"ValidationErrors": [{"Message": message}]}]}


def handler_of(ledger: Ledger):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_call(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            sent = self.rfile.read(length)
            split = urlsplit(self.path)
            path = split.path.removeprefix("/api.xro/2.0")
            query = {name: values[0] for name, values in parse_qs(split.query).items()}
            ledger.asked.append(f"{self.command} {path}")
            fault = ledger.fault_of(self.command, path)
            if isinstance(fault, tuple):
                self.answer(*fault)
                return
            body = json.loads(sent, parse_float=str) if sent else {}
            if fault == "lost before":
                self.close_connection = True
                return
            key = self.headers.get("Idempotency-Key", "")
            if "pdf" in self.headers.get("Accept", ""):
                self.answer(200, b"%PDF-1.4 from Xero", {"Content-Type": "application/pdf"})
                return
            status, content = ledger.call(self.command, path, query, body, key)
            if fault == "lost after":
                self.close_connection = True
                return
            self.answer(status, content, {})

        def answer(self, status: int, content, headers: dict) -> None:
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *values) -> None:
            pass

    for method in ("GET", "POST", "PUT"):
        setattr(Handler, f"do_{method}", Handler.handle_call)
    return Handler


@contextmanager
def serving():
    """The books, and the address that they are kept at."""
    ledger = Ledger()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(ledger))
    server.handle_error = lambda *values: None  # a worker that died is part of the play
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield ledger, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
