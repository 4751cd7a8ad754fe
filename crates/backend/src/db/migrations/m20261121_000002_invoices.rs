//! Invoices with their lines, and the credit notes against them.

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
        -- The sum of its credit notes, kept by db::credit_notes alone.
        credited_minor BIGINT NOT NULL DEFAULT 0,
        -- Sums of allocations, kept by db::allocate alone.
        paid_minor BIGINT NOT NULL DEFAULT 0,
        pending_minor BIGINT NOT NULL DEFAULT 0,
        document TEXT NOT NULL CHECK (document IN ('open', 'void', 'replaced')),
        service TEXT,
        -- It may come in before the invoice that stands in its place.
        replaced_by TEXT REFERENCES invoices (id) DEFERRABLE INITIALLY DEFERRED,
        -- The number with every run of digits widened, so that 9 stands before 10.
        number_key TEXT NOT NULL,
        -- Number and name in small letters: the database knows capitals of ASCII alone.
        search_text TEXT NOT NULL,
        CHECK (total_minor = net_minor + tax_minor),
        CHECK (paid_minor >= 0 AND pending_minor >= 0 AND credited_minor >= 0),
        CHECK (paid_minor + credited_minor <= total_minor),
        CHECK (replaced_by IS NULL OR document = 'replaced')
    )",
    // One for each order of the list. Totals are compared within a currency only.
    "CREATE INDEX invoices_newest ON invoices (customer_id, issued_on, id)",
    "CREATE INDEX invoices_due ON invoices (customer_id, due_on, id)",
    "CREATE INDEX invoices_largest ON invoices (customer_id, currency, total_minor, id)",
    "CREATE INDEX invoices_numbered ON invoices (customer_id, number_key, id)",
    // The services of a customer are found by one search each.
    "CREATE INDEX invoices_of_service ON invoices (customer_id, service)
        WHERE service IS NOT NULL",
    // What a customer owes is reckoned from these few rows, however long the history is:
    // summed up by currency, or listed in each order.
    "CREATE INDEX invoices_owed ON invoices (customer_id, currency)
        WHERE document = 'open' AND total_minor > paid_minor + credited_minor",
    "CREATE INDEX invoices_outstanding ON invoices (customer_id, due_on, id)
        WHERE document = 'open' AND total_minor > paid_minor + credited_minor",
    "CREATE INDEX invoices_outstanding_newest ON invoices (customer_id, issued_on, id)
        WHERE document = 'open' AND total_minor > paid_minor + credited_minor",
    "CREATE INDEX invoices_outstanding_largest
        ON invoices (customer_id, currency, total_minor, id)
        WHERE document = 'open' AND total_minor > paid_minor + credited_minor",
    "CREATE INDEX invoices_outstanding_numbered ON invoices (customer_id, number_key, id)
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
    "CREATE TABLE credit_notes (
        id TEXT NOT NULL PRIMARY KEY,
        invoice_id TEXT NOT NULL REFERENCES invoices (id),
        number TEXT NOT NULL,
        issued_on TEXT NOT NULL,
        reason TEXT NOT NULL,
        -- In the currency of the invoice.
        net_minor BIGINT NOT NULL,
        tax_minor BIGINT NOT NULL,
        total_minor BIGINT NOT NULL CHECK (total_minor > 0),
        CHECK (total_minor = net_minor + tax_minor)
    )",
    "CREATE INDEX credit_notes_of_invoice ON credit_notes (invoice_id, issued_on, id)",
}
