//! What no rule fits, for the provider to decide, and notifications that are kept until
//! what they tell of has been read.

super::migration! {
    "CREATE TABLE reviews (
        id TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('mismatch', 'unreadable', 'excess',
            'second_payment', 'unknown_notification', 'provider_lost', 'dispute')),
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
    "CREATE INDEX reviews_unresolved ON reviews (created_at, id) WHERE resolved_at IS NULL",
    "CREATE INDEX reviews_of_checkout ON reviews (checkout_id) WHERE checkout_id IS NOT NULL",
    "CREATE INDEX reviews_of_payment ON reviews (payment_id) WHERE payment_id IS NOT NULL",
    // The attempt that a notification names. Older ones were not kept with it.
    "ALTER TABLE webhook_events ADD COLUMN reference TEXT",
    // When the background looks at it again; nothing once it has been dealt with.
    "ALTER TABLE webhook_events ADD COLUMN next_try_at BIGINT",
    "CREATE INDEX webhook_events_due ON webhook_events (next_try_at)
        WHERE next_try_at IS NOT NULL",
    "CREATE INDEX webhook_events_reference ON webhook_events (gateway, reference)
        WHERE reference IS NOT NULL",
}
