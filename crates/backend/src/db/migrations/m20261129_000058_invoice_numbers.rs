//! Open invoices are found by their number: no two of a seller's have the same.

super::migration! {
    // Not unique: what came in before the import refused it stays.
    "CREATE INDEX invoices_open_by_number ON invoices (number) WHERE document = 'open'",
}
