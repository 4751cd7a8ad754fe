//! Payments, purchases and refunds, and what they pay for.

super::migration! {
    "CREATE TABLE payments (
        id TEXT NOT NULL PRIMARY KEY,
        customer_id TEXT NOT NULL REFERENCES customers (id),
        created_at BIGINT NOT NULL,
        completed_at BIGINT,
        -- Where it stands in the list. It is a column of its own since no search for a pair of
        -- an expression and an id uses an index.
        listed_at BIGINT NOT NULL GENERATED ALWAYS AS (COALESCE(completed_at, created_at)) STORED,
        total_minor BIGINT NOT NULL,
        currency TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('pending', 'cancelled', 'completed')),
        -- May hold a part after '#' that is the provider's own and never leaves the server.
        description TEXT NOT NULL,
        method TEXT,
        failure TEXT,
        checkout_id TEXT,
        gateway TEXT,
        provider_payment_id TEXT,
        -- The sum of its allocations, kept by db::allocate alone.
        allocated_minor BIGINT NOT NULL DEFAULT 0,
        UNIQUE (gateway, provider_payment_id),
        CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
        CHECK (allocated_minor >= 0),
        CHECK (allocated_minor = 0 OR (allocated_minor <= total_minor AND status <> 'cancelled'))
    )",
    "CREATE INDEX payments_newest ON payments (customer_id, listed_at, id)",
    // The credit of an account is the sum of these few rows.
    "CREATE INDEX payments_free ON payments (customer_id, currency, completed_at, id)
        WHERE status = 'completed' AND allocated_minor <> total_minor",
    "CREATE INDEX payments_pending ON payments (customer_id, currency)
        WHERE status = 'pending'",
    "CREATE TABLE allocations (
        payment_id TEXT NOT NULL REFERENCES payments (id),
        invoice_id TEXT NOT NULL REFERENCES invoices (id),
        amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
        PRIMARY KEY (payment_id, invoice_id)
    )",
    "CREATE INDEX allocations_of_invoice ON allocations (invoice_id)",
}
