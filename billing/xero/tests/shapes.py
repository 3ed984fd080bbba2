"""Answers as Xero's pages print them: developer.xero.com/documentation/api/accounting/invoices."""

INVOICE = {
    "Type": "ACCREC",
    "InvoiceID": "243216c5-369e-4056-ac67-05388f86dc81",
    "InvoiceNumber": "INV-2026-00012",
    "Payments": [
        {
            "PaymentID": "0d666415-cf77-43fa-80c7-56775591d426",
            "Date": "/Date(1791849600000+0000)/",
            "Amount": 1000.10,
            "Reference": "EFT 12",
            "HasAccount": False,
        }
    ],
    "CreditNotes": [
        {
            "CreditNoteID": "aea95d78-ea48-456b-9b08-6bc012600072",
            "CreditNoteNumber": "CN-2026-00002",
            "ID": "aea95d78-ea48-456b-9b08-6bc012600072",
            "HasErrors": False,
            "AppliedAmount": 30.30,
            "Date": "/Date(1791936000000+0000)/",
            "LineItems": [],
            "Total": 50.00,
        }
    ],
    "Overpayments": [
        {
            "OverpaymentID": "ed7f6041-c915-4667-bd1d-54c48e92161e",
            "AppliedAmount": 12,
            "Date": "/Date(1792022400000+0000)/",
        }
    ],
    "Prepayments": [],
    "AmountDue": 57.60,
    "AmountPaid": 1000.10,
    "AmountCredited": 42.30,
    "CurrencyCode": "AUD",
    "HasErrors": False,
    "Contact": {"ContactID": "025867f1-d741-4d6b-b1af-9ac774b59ba7", "Name": "City Agency"},
    "DateString": "2026-10-12T00:00:00",
    "Date": "/Date(1791763200000+0000)/",
    "DueDate": "/Date(1793059200000+0000)/",
    "Status": "AUTHORISED",
    "LineAmountTypes": "Exclusive",
    "LineItems": [
        {
            "Description": "Acme Tires",
            "UnitAmount": 33.3333,
            "TaxType": "OUTPUT",
            "TaxAmount": 100.00,
            "LineAmount": 1000.00,
            "AccountCode": "200",
            "Quantity": 30.0000,
            "LineItemID": "52208ff9-528a-4985-a9ad-b2b1d4210e38",
        }
    ],
    "SubTotal": 1000.00,
    "TotalTax": 100.00,
    "Total": 1100.00,
    "UpdatedDateUTC": "/Date(1791801725123+1300)/",
}
