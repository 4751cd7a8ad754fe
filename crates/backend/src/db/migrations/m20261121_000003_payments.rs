//! Payments, purchases and refunds.

super::migration! {
    "CREATE TABLE payments (
        id TEXT NOT NULL PRIMARY KEY,
        customer_id TEXT NOT NULL REFERENCES customers (id),
        kind TEXT NOT NULL CHECK (kind IN ('payment', 'purchase', 'refund')),
        created_at BIGINT NOT NULL,
        completed_at BIGINT,
        -- Where it stands in the list. It is a column of its own since no search for a pair of
        -- an expression and an id uses an index.
        listed_at BIGINT NOT NULL GENERATED ALWAYS AS (COALESCE(completed_at, created_at)) STORED,
        total_minor BIGINT NOT NULL,
        -- The part of the total that is the method's price: it pays for nothing else.
        surcharge_minor BIGINT NOT NULL DEFAULT 0,
        currency TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('pending', 'cancelled', 'completed')),
        -- May hold a part after '#' that is the provider's own and never leaves the server.
        description TEXT NOT NULL,
        -- The customer's part of it in small letters: the database knows capitals of ASCII alone.
        search_text TEXT NOT NULL,
        -- The method's id, and what it was when it was used: settings change.
        method TEXT,
        method_kind TEXT,
        method_label TEXT,
        option_label TEXT,
        -- What the customer writes on a transfer.
        reference TEXT UNIQUE,
        failure TEXT,
        -- The payment that a refund gives back, where that is known.
        refund_of TEXT REFERENCES payments (id),
        checkout_id TEXT,
        gateway TEXT,
        provider_payment_id TEXT,
        -- The sums of its allocations to invoices and to events, kept by db::allocate alone.
        allocated_minor BIGINT NOT NULL DEFAULT 0,
        held_minor BIGINT NOT NULL DEFAULT 0,
        UNIQUE (gateway, provider_payment_id),
        CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
        CHECK ((kind = 'payment') = (total_minor > 0)),
        CHECK (refund_of IS NULL OR kind = 'refund'),
        CHECK (surcharge_minor = 0 OR (surcharge_minor > 0 AND surcharge_minor <= total_minor)),
        CHECK (allocated_minor >= 0 AND held_minor >= 0),
        CHECK (allocated_minor + held_minor = 0
            OR (allocated_minor + held_minor + surcharge_minor <= total_minor
                AND status <> 'cancelled'))
    )",
    "CREATE INDEX payments_newest ON payments (customer_id, listed_at, id)",
    // Totals are compared within a currency only.
    "CREATE INDEX payments_largest ON payments (customer_id, currency, total_minor, id)",
    // The credit of an account, and what of it is held for events, are the sums of these
    // few rows.
    "CREATE INDEX payments_free ON payments (customer_id, currency, completed_at, id)
        WHERE status = 'completed' AND total_minor <> allocated_minor + surcharge_minor",
    "CREATE INDEX payments_pending ON payments (customer_id, currency)
        WHERE status = 'pending'",
    "CREATE INDEX payments_refunding ON payments (refund_of) WHERE refund_of IS NOT NULL",
}
