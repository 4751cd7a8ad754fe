//! Refunds that fail, several disputes over one payment, what refunds take away from what had
//! been paid, and imports of what a payment provider tells too.

super::migration! {
    // What went back of money that had paid the invoice since it was last paid; kept by
    // db::allocate alone, as paid_minor is.
    "ALTER TABLE invoices ADD COLUMN refunded_minor BIGINT NOT NULL DEFAULT 0
        CHECK (refunded_minor >= 0)",
    // TRUE while only an import says so: the payment provider has not told of it.
    "ALTER TABLE payments ADD COLUMN only_imported BOOLEAN NOT NULL DEFAULT FALSE",
    // What refunds that stand took away from what their payments had paid for.
    "CREATE TABLE allocation_reversals (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        refund_id TEXT NOT NULL REFERENCES payments (id),
        payment_id TEXT NOT NULL REFERENCES payments (id),
        invoice_id TEXT REFERENCES invoices (id),
        event_id TEXT REFERENCES events (id),
        amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
        -- When the money had been applied there, and when it was taken away.
        applied_at BIGINT NOT NULL,
        at BIGINT NOT NULL,
        CHECK ((invoice_id IS NULL) <> (event_id IS NULL))
    )",
    "CREATE INDEX allocation_reversals_of_payment ON allocation_reversals (payment_id)",
    "CREATE INDEX allocation_reversals_of_invoice ON allocation_reversals (invoice_id)
        WHERE invoice_id IS NOT NULL",
    "CREATE INDEX allocation_reversals_of_event ON allocation_reversals (event_id)
        WHERE event_id IS NOT NULL",
    // payments.dispute is what all of a payment's disputes come to.
    "CREATE TABLE disputes (
        gateway TEXT NOT NULL,
        -- What the provider calls it.
        provider_ref TEXT NOT NULL,
        payment_id TEXT NOT NULL REFERENCES payments (id),
        state TEXT NOT NULL CHECK (state IN ('open', 'won', 'lost')),
        -- In the payment's currency.
        amount_minor BIGINT NOT NULL,
        -- When it came to stand so.
        at BIGINT NOT NULL,
        PRIMARY KEY (gateway, provider_ref)
    )",
    "CREATE INDEX disputes_of_payment ON disputes (payment_id)",
    // Until now a payment had one dispute, and a review of it from the beginning.
    "INSERT INTO disputes (gateway, provider_ref, payment_id, state, amount_minor, at)
        SELECT reviews.gateway, reviews.provider_ref, payments.id, payments.dispute,
            COALESCE(reviews.amount_minor, payments.total_minor), reviews.created_at
        FROM reviews JOIN payments ON payments.id = reviews.payment_id
        WHERE reviews.kind = 'dispute' AND payments.dispute IS NOT NULL",
    // An id in the provider's own files of a payment that the portal knows by another one.
    "CREATE TABLE payment_aliases (
        id TEXT NOT NULL PRIMARY KEY,
        payment_id TEXT NOT NULL REFERENCES payments (id)
    )",
    // A table's checks cannot change: it is made anew, with two more kinds.
    "CREATE TABLE reviews_anew (
        id TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('mismatch', 'unreadable', 'excess',
            'second_payment', 'unknown_notification', 'provider_lost', 'dispute',
            'refund_failed', 'import_differs')),
        -- What it is about, as far as that is known.
        customer_id TEXT REFERENCES customers (id),
        checkout_id TEXT REFERENCES checkouts (id),
        attempt_id TEXT REFERENCES attempts (id),
        payment_id TEXT REFERENCES payments (id),
        gateway TEXT NOT NULL,
        -- What the provider calls it.
        provider_ref TEXT NOT NULL,
        -- What came, and what was asked for.
        amount_minor BIGINT,
        currency TEXT,
        asked_minor BIGINT,
        asked_currency TEXT,
        created_at BIGINT NOT NULL,
        -- When somebody decided, what, and what they wrote about it.
        resolved_at BIGINT,
        resolution TEXT CHECK (resolution IN ('taken', 'refused', 'noted')),
        note TEXT,
        CHECK ((amount_minor IS NULL) = (currency IS NULL)),
        CHECK ((asked_minor IS NULL) = (asked_currency IS NULL)),
        CHECK ((resolved_at IS NULL) = (resolution IS NULL)),
        -- However often the same thing is told, it is decided once.
        UNIQUE (kind, gateway, provider_ref)
    )",
    "INSERT INTO reviews_anew SELECT * FROM reviews",
    "DROP TABLE reviews",
    "ALTER TABLE reviews_anew RENAME TO reviews",
    "CREATE INDEX reviews_unresolved ON reviews (created_at, id) WHERE resolved_at IS NULL",
    "CREATE INDEX reviews_of_checkout ON reviews (checkout_id) WHERE checkout_id IS NOT NULL",
    "CREATE INDEX reviews_of_payment ON reviews (payment_id) WHERE payment_id IS NOT NULL",
}
