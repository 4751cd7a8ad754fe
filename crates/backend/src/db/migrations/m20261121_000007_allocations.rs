//! What payments pay for.

super::migration! {
    "CREATE TABLE allocations (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        payment_id TEXT NOT NULL REFERENCES payments (id),
        -- What it pays for: an invoice, or an event that is not invoiced yet.
        invoice_id TEXT REFERENCES invoices (id),
        event_id TEXT REFERENCES events (id),
        amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
        -- When it was applied.
        at BIGINT NOT NULL,
        UNIQUE (payment_id, invoice_id),
        UNIQUE (payment_id, event_id),
        CHECK ((invoice_id IS NULL) <> (event_id IS NULL))
    )",
    "CREATE INDEX allocations_of_invoice ON allocations (invoice_id)
        WHERE invoice_id IS NOT NULL",
    "CREATE INDEX allocations_of_event ON allocations (event_id) WHERE event_id IS NOT NULL",
}
