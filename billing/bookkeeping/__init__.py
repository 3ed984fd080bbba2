"""Our documents in the books: what Xero was told of them, and what it says has become of them."""
