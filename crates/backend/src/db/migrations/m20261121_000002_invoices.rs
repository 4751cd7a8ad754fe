//! Invoices with their lines.

super::migration! {
    "CREATE TABLE invoices (
        id TEXT NOT NULL PRIMARY KEY,
        customer_id TEXT NOT NULL REFERENCES customers (id),
        number TEXT NOT NULL,
        name TEXT NOT NULL,
        issued_on TEXT NOT NULL,
        due_on TEXT NOT NULL,
        period_from TEXT,
        period_to TEXT,
        currency TEXT NOT NULL,
        net_minor BIGINT NOT NULL,
        tax_minor BIGINT NOT NULL,
        total_minor BIGINT NOT NULL,
        credited_minor BIGINT NOT NULL DEFAULT 0,
        -- Sums of allocations, kept by db::allocate alone.
        paid_minor BIGINT NOT NULL DEFAULT 0,
        pending_minor BIGINT NOT NULL DEFAULT 0,
        document TEXT NOT NULL CHECK (document IN ('open', 'void', 'replaced')),
        CHECK (total_minor = net_minor + tax_minor),
        CHECK (paid_minor >= 0 AND pending_minor >= 0 AND credited_minor >= 0),
        CHECK (paid_minor + credited_minor <= total_minor)
    )",
    "CREATE INDEX invoices_newest ON invoices (customer_id, issued_on, id)",
    // What a customer owes is reckoned from these few rows, however long the history is:
    // summed up by currency, or listed by due day.
    "CREATE INDEX invoices_owed ON invoices (customer_id, currency)
        WHERE document = 'open' AND total_minor > paid_minor + credited_minor",
    "CREATE INDEX invoices_outstanding ON invoices (customer_id, due_on, id)
        WHERE document = 'open' AND total_minor > paid_minor + credited_minor",
    "CREATE TABLE invoice_lines (
        invoice_id TEXT NOT NULL REFERENCES invoices (id),
        position BIGINT NOT NULL,
        description TEXT NOT NULL,
        quantity TEXT NOT NULL,
        unit_price_minor BIGINT NOT NULL,
        net_minor BIGINT NOT NULL,
        tax_minor BIGINT NOT NULL,
        tax_percent TEXT NOT NULL,
        PRIMARY KEY (invoice_id, position)
    )",
}
