//! The ledger: one row for every figure that moved an account, never changed and never taken out.

super::migration! {
    "CREATE TABLE entries (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        -- The id once more, in a column of its own: no search for a pair that ends in the
        -- key of the rows themselves uses an index.
        seq BIGINT NOT NULL GENERATED ALWAYS AS (id) STORED,
        customer_id TEXT NOT NULL REFERENCES customers (id),
        at BIGINT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN
            ('invoice', 'payment', 'purchase', 'refund', 'credit_note', 'surcharge',
                'adjustment')),
        currency TEXT NOT NULL,
        -- From the customer's side: charges are negative.
        amount_minor BIGINT NOT NULL CHECK (amount_minor <> 0),
        -- What the account stands at after it in its currency, in the order of (at, id). It
        -- follows from the amounts, and is reckoned when a transaction commits.
        balance_minor BIGINT NOT NULL,
        invoice_id TEXT REFERENCES invoices (id),
        payment_id TEXT REFERENCES payments (id),
        credit_note_id TEXT REFERENCES credit_notes (id)
    )",
    "CREATE INDEX entries_of_account ON entries (customer_id, currency, at, seq)",
    "CREATE INDEX entries_of_customer ON entries (customer_id, at, seq)",
    // However often a payment is reported, it counts once. Later changes are adjustments.
    "CREATE UNIQUE INDEX entries_once_a_payment ON entries (payment_id)
        WHERE kind IN ('payment', 'purchase', 'refund')",
    "CREATE UNIQUE INDEX entries_once_a_surcharge ON entries (payment_id)
        WHERE kind = 'surcharge'",
    "CREATE UNIQUE INDEX entries_once_a_credit_note ON entries (credit_note_id)
        WHERE kind = 'credit_note'",
    "CREATE UNIQUE INDEX entries_once_an_invoice ON entries (invoice_id)
        WHERE kind = 'invoice'",
    "CREATE INDEX entries_of_invoice ON entries (invoice_id) WHERE invoice_id IS NOT NULL",
    "CREATE INDEX entries_of_payment ON entries (payment_id) WHERE payment_id IS NOT NULL",
    "CREATE INDEX entries_of_credit_note ON entries (credit_note_id)
        WHERE credit_note_id IS NOT NULL",
    "CREATE TRIGGER entries_never_change BEFORE UPDATE OF id, customer_id, at, kind, currency,
            amount_minor, invoice_id, payment_id, credit_note_id ON entries
        BEGIN SELECT RAISE(ABORT, 'ledger entries never change'); END",
    "CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
        BEGIN SELECT RAISE(ABORT, 'ledger entries never go'); END",
}
