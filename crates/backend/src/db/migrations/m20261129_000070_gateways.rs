//! Several gateways: what a provider is told of an attempt, its further ids, pages that are opened
//! by a form, fees, and refunds that are asked for here.

super::migration! {
    // What the provider is told beside the amount, as JSON, fixed when the attempt is made, so that
    // asking again sends the same bytes.
    "ALTER TABLE attempts ADD COLUMN details TEXT",
    // The fields of the form that opens the page, as JSON; none where the page is gone to.
    "ALTER TABLE attempts ADD COLUMN form TEXT",
    "CREATE TABLE provider_ids (
        gateway TEXT NOT NULL,
        -- A word of gateways::ProviderIdKind.
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        attempt_id TEXT NOT NULL REFERENCES attempts (id),
        PRIMARY KEY (gateway, kind, id)
    )",
    "CREATE INDEX provider_ids_of_attempt ON provider_ids (attempt_id)",
    // What kind of id the reference is; none where it is our own.
    "ALTER TABLE webhook_events ADD COLUMN reference_kind TEXT",
    // What the provider keeps for itself, in its own currency.
    "ALTER TABLE payments ADD COLUMN fee_minor BIGINT",
    "ALTER TABLE payments ADD COLUMN fee_currency TEXT",
    "CREATE TABLE refund_orders (
        -- The idempotency key, by which the provider tells of the refund too.
        id TEXT NOT NULL PRIMARY KEY,
        payment_id TEXT NOT NULL REFERENCES payments (id),
        attempt_id TEXT NOT NULL REFERENCES attempts (id),
        gateway TEXT NOT NULL,
        amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
        currency TEXT NOT NULL,
        -- 'asked' until the provider has told what became of it.
        status TEXT NOT NULL CHECK (status IN ('asked', 'known', 'refused')),
        -- The provider's id of the refund.
        provider_ref TEXT,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
    )",
    "CREATE INDEX refund_orders_of_payment ON refund_orders (payment_id)",
    "CREATE INDEX refund_orders_asked ON refund_orders (updated_at) WHERE status = 'asked'",
    // A table's checks cannot change: it is made anew, with one more kind.
    "CREATE TABLE reviews_anew (
        id TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('mismatch', 'unreadable', 'excess',
            'second_payment', 'unknown_notification', 'provider_lost', 'dispute',
            'refund_failed', 'import_differs', 'overdue')),
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
