"""Names, prices and places of the demo agency: data, no steps."""

ORGANISATION = {
    "name": "Paperbark Studio",
    "legal_name": "Paperbark Studio Pty Ltd",
    "abn": "51 824 753 556",
    "email": "accounts@paperbark.example",
    "phone": "+61 2 5550 1800",
    "website": "https://paperbark.example",
    "address": "18 Foveaux Street",
    "city": "Surry Hills",
    "state": "NSW",
    "postcode": "2010",
    "bank_name": "Coastline Mutual",
    "bank_account_name": "Paperbark Studio Pty Ltd",
    "bank_bsb": "062-000",
    "bank_account_number": "1234 5678",
    "invoice_text": "Thank you for working with us. Payment by bank transfer, please.",
}

# (e-mail, first name, last name, role, title, rate)
STAFF = [
    ("executive@example.com", "Mia", "Tran", "executive", "Managing director", 240),
    ("head@example.com", "Dan", "Okafor", "head", "Head of delivery", 220),
    ("manager@example.com", "Priya", "Nair", "manager", "Project manager", 190),
    ("lead@example.com", "Jack", "Lindqvist", "lead", "Front-end lead", 185),
    ("employee@example.com", "Sofia", "Marino", "employee", "UX designer", 165),
    ("owen@paperbark.example", "Owen", "Kaplan", "manager", "Account manager", 180),
    ("hana@paperbark.example", "Hana", "Sato", "lead", "Design lead", 185),
    ("luca@paperbark.example", "Luca", "Ferro", "employee", "Back-end developer", 175),
    ("zoe@paperbark.example", "Zoe", "Whitlam", "employee", "Content strategist", 150),
    ("amir@paperbark.example", "Amir", "Haddad", "employee", "Front-end developer", 170),
    ("grace@paperbark.example", "Grace", "Liu", "employee", "Researcher", 155),
    ("tom@paperbark.example", "Tom", "Barnes", "employee", "Motion designer", 160),
    ("nina@paperbark.example", "Nina", "Petrova", "employee", "QA engineer", 145),
    ("eli@paperbark.example", "Eli", "Cohen", "employee", "Data engineer", 180),
    ("ruth@paperbark.example", "Ruth", "Mbeki", "executive", "Finance director", 210),
]
DEPARTMENTS = ["Design", "Engineering", "Strategy", "Accounts"]
# (team, lead, members) by place in STAFF
TEAMS = [("Harbour", 2, [3, 4, 7, 9, 12]), ("Ridge", 5, [6, 8, 10, 11, 13])]

# Each with its hourly rate and category.
SERVICES = [
    ("UX design", 175, "Design"),
    ("Visual design", 165, "Design"),
    ("Front-end build", 180, "Engineering"),
    ("Back-end build", 190, "Engineering"),
    ("Quality assurance", 145, "Engineering"),
    ("Content", 150, "Strategy"),
    ("Research", 155, "Strategy"),
    ("Project direction", 200, "Delivery"),
]

# What is sold over and over: (name, price, unit, group).
ITEMS = [
    ("Consulting hour", "190", "hour", "Consulting"),
    ("Discovery workshop", "2400", "day", "Consulting"),
    ("Accessibility review", "3200", "", "Consulting"),
    ("Logo and style guide", "6800", "", "Design"),
    ("Illustration", "450", "piece", "Design"),
    ("Landing page", "3900", "page", "Development"),
    ("Bug fixing", "175", "hour", "Development"),
    ("Managed hosting", "95", "month", "Hosting and licences"),
    ("Domain name", "38.5", "year", "Hosting and licences"),
    ("Font licence", "260", "year", "Hosting and licences"),
]

# (name, city, state, postcode, country, currency, terms, tax number)
CLIENTS = [
    ("Harbour & Vine", "Walsh Bay", "NSW", "2000", "AU", "AUD", 14, "53 004 085 616"),
    ("Northshore Council", "North Sydney", "NSW", "2060", "AU", "AUD", 30, "83 914 571 673"),
    ("Kestrel Energy", "Melbourne", "VIC", "3000", "AU", "AUD", 14, "33 051 775 556"),
    ("Banksia Health", "Brisbane", "QLD", "4000", "AU", "AUD", 21, "49 004 028 077"),
    ("Merri Creek Brewing", "Brunswick", "VIC", "3056", "AU", "AUD", 14, "88 000 014 675"),
    ("Fenwick & Rowe Legal", "Sydney", "NSW", "2000", "AU", "AUD", 14, "12 004 044 937"),
    ("Pilbara Freight", "Perth", "WA", "6000", "AU", "AUD", 30, "11 004 089 936"),
    ("Saltbush Foods", "Adelaide", "SA", "5000", "AU", "AUD", 14, "64 009 660 879"),
    ("Wattle Early Learning", "Hobart", "TAS", "7000", "AU", "AUD", 14, ""),
    ("Tūī Outdoor", "Wellington", "", "6011", "NZ", "NZD", 20, ""),
    ("Lumen Robotics", "Portland", "OR", "97205", "US", "USD", 30, ""),
    ("Coastline Credit Union", "Newcastle", "NSW", "2300", "AU", "AUD", 14, "87 087 651 090"),
]
STREETS = ["4 Hickson Road", "220 Miller Street", "1 Collins Street", "77 Eagle Street"]
PEOPLE = [
    ("Sophie", "Laurent", "Marketing director"),
    ("Ravi", "Menon", "Digital manager"),
    ("Ellen", "Brandt", "Accounts payable"),
    ("Marcus", "Webb", "Chief operating officer"),
    ("Aroha", "Tamihana", "Brand lead"),
    ("Claire", "Dufresne", "Product owner"),
    ("Ben", "Adeyemi", "Head of marketing"),
    ("Isla", "Macrae", "General manager"),
]
RATES = {"NZD": "0.91250000", "USD": "1.52300000", "GBP": "1.94600000", "EUR": "1.65100000"}

# (name of the work, kind of budget)
WORK = [
    ("Website rebuild", "time_and_materials"),
    ("Support retainer", "retainer"),
    ("Brand refresh", "fixed_price"),
    ("Customer portal", "sprints"),
    ("Campaign site", "time_and_materials"),
    ("Accessibility audit", "fixed_price"),
    ("Design system", "sprints"),
    ("Growth retainer", "retainer"),
    ("Analytics set-up", "time_and_materials"),
    ("Packaging", "fixed_price"),
]
TASKS = [
    "Kick-off workshop",
    "Content inventory",
    "Wireframes",
    "Component library",
    "Checkout flow",
    "Accessibility fixes",
    "Search results",
    "Release checklist",
]
DID = [
    "Workshop and notes",
    "Wireframes, second round",
    "Components and states",
    "Review with the client",
    "Bug fixing",
    "Copy and metadata",
    "Forms and validation",
    "Performance pass",
    "Planning and estimates",
    "Prototype for testing",
]
INTERNAL = [
    "Team meeting",
    "Planning the week",
    "Interviews",
    "Training",
    "Quote for a new client",
    "Accounts and reports",
]
DEALS = [
    ("Loyalty programme", "proposal", 48_000),
    ("Intranet renewal", "qualified", 36_500),
    ("Fleet dashboard, phase 2", "negotiation", 72_000),
    ("Recruitment site", "lead", 18_000),
    ("Booking app", "proposal", 95_000),
    ("Annual report", "won", 14_500),
    ("Wayfinding, stage 2", "lead", 27_000),
    ("E-commerce audit", "lost", 9_800),
    ("Member onboarding", "qualified", 41_000),
    ("Trade show stand", "negotiation", 12_400),
]
# (category, what was bought, price before tax)
COSTS = [
    ("Stock and fonts", "Typeface licence", 180),
    ("Travel", "Train to the client", 46),
    ("Printing and freight", "Proofs, A2", 128),
    ("Software and hosting", "Staging server", 64),
    ("Subcontractors", "Photography, half a day", 850),
    ("Stock and fonts", "Stock footage", 240),
    ("Office supplies", "Whiteboard pens", 32),
    ("Meals and entertainment", "Workshop lunch", 115),
    ("Advertising", "Launch adverts", 600),
    ("Travel", "Taxi, site visit", 38),
]
# (name, place of the client, type, product, status, months since the start, months to its end,
#  MRR, TCV, cost of a month, typed margin)
ENGAGEMENTS = [
    ("Digital retainer", 0, "retainer", "studios", "active", 14, None, 12500, 150000, 7400, None),
    ("Council web care", 1, "retainer", "care", "active", 10, 14, 6800, 163200, 3900, None),
    ("Customer portal", 2, "project", "studios", "active", 5, 4, 24000, 216000, 15100, None),
    ("Patient journeys", 3, "consulting", "advisory", "active", 3, 3, 9500, 57000, None, "46.5"),
    ("Brand refresh", 4, "project", "studios", "completed", 9, -1, 8000, 64000, 5000, None),
    ("Practice site care", 5, "retainer", "care", "active", 22, None, 3200, None, 1450, None),
    ("Fleet dashboard", 6, "project", "studios", "paused", 7, 5, 18000, 216000, 11800, None),
    ("Growth programme", 7, "retainer", "growth", "active", 6, 6, 7500, 90000, 4100, None),
    ("Enrolment", 8, "consulting", "advisory", "cancelled", 4, 2, 5000, 30000, 2600, None),
    ("Trail app", 9, "project", "studios", "active", 2, 7, 14000, 126000, 8900, None),
    ("Robot panel", 10, "retainer", "studios", "active", 8, None, 16000, 192000, None, "52"),
    ("Member experience", 11, "retainer", "growth", "active", 1, 11, 11000, 132000, 6300, None),
]
TEAM = [("Designer", 40, 175), ("Developer", 60, 185), ("Strategist", 20, 160)]
TOOLS = ["Jira", "GitHub", "Figma", "Slack"]
