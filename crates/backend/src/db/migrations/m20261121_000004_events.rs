//! Events: appointments and whatever else takes place.

super::migration! {
    "CREATE TABLE events (
        id TEXT NOT NULL PRIMARY KEY,
        customer_id TEXT NOT NULL REFERENCES customers (id),
        service TEXT NOT NULL,
        title TEXT NOT NULL,
        starts_at BIGINT NOT NULL,
        ends_at BIGINT NOT NULL,
        -- The IANA zone whose clock the people there look at.
        zone TEXT NOT NULL,
        location TEXT,
        video_url TEXT,
        people TEXT,
        status TEXT NOT NULL CHECK (status IN ('booked', 'attended', 'no_show', 'cancelled')),
        fee_minor BIGINT,
        deposit_minor BIGINT,
        currency TEXT,
        deposit_due_on TEXT,
        invoice_id TEXT REFERENCES invoices (id),
        -- Whether the provider waits for the customer's word, and when it was given.
        needs_confirmation BOOLEAN NOT NULL DEFAULT FALSE,
        confirmed_at BIGINT,
        CHECK (ends_at >= starts_at),
        CHECK (currency IS NOT NULL OR (fee_minor IS NULL AND deposit_minor IS NULL))
    )",
    "CREATE INDEX events_by_start ON events (customer_id, starts_at, id)",
    // What can be paid ahead, however long the calendar is.
    "CREATE INDEX events_to_pay ON events (customer_id, starts_at, id)
        WHERE status = 'booked' AND invoice_id IS NULL AND fee_minor > 0",
}
