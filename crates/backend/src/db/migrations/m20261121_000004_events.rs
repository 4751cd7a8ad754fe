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
        -- The days of an event without hours; starts_at and ends_at are then midnights in zone.
        first_on TEXT,
        last_on TEXT,
        location TEXT,
        -- Whether it is a video session; its address may come later.
        video BOOLEAN NOT NULL DEFAULT FALSE,
        video_url TEXT,
        -- Who takes part beside the customer: names, one a line.
        people TEXT NOT NULL DEFAULT '',
        -- Whose time it takes: the name of an offer. No two live events of one person overlap
        -- that were asked for in the portal.
        host TEXT,
        status TEXT NOT NULL CHECK (status IN ('requested', 'held', 'booked', 'attended',
            'no_show', 'declined', 'cancelled', 'expired')),
        -- Until when its time is kept for the deposit.
        hold_until BIGINT,
        fee_minor BIGINT,
        deposit_minor BIGINT,
        currency TEXT,
        deposit_due_on TEXT,
        invoice_id TEXT REFERENCES invoices (id),
        -- Whether the provider waits for the customer's word, and when it was given.
        needs_confirmation BOOLEAN NOT NULL DEFAULT FALSE,
        confirmed_at BIGINT,
        -- The provider's words about it, and the customer's when asking for it.
        note TEXT,
        customer_note TEXT,
        -- Whether it was asked for in the portal, and when.
        requested_at BIGINT,
        -- How often the customer moved it.
        moves BIGINT NOT NULL DEFAULT 0,
        -- How often it was changed in a way that other calendars must hear of (RFC 5545,
        -- SEQUENCE), and when it last was.
        sequence BIGINT NOT NULL DEFAULT 0,
        changed_at BIGINT NOT NULL DEFAULT 0,
        CHECK (ends_at >= starts_at),
        CHECK ((first_on IS NULL) = (last_on IS NULL)),
        CHECK ((status = 'held') = (hold_until IS NOT NULL)),
        CHECK (currency IS NOT NULL OR (fee_minor IS NULL AND deposit_minor IS NULL))
    )",
    "CREATE INDEX events_by_start ON events (customer_id, starts_at, id)",
    // The services that there are, and the events of one.
    "CREATE INDEX events_by_service ON events (customer_id, service, starts_at, id)",
    // How long the longest one is: no event that began earlier than that is still going on.
    "CREATE INDEX events_by_length ON events (customer_id, (ends_at - starts_at))",
    // What can be paid ahead, however long the calendar is.
    "CREATE INDEX events_to_pay ON events (customer_id, starts_at, id)
        WHERE status IN ('held', 'booked') AND invoice_id IS NULL AND fee_minor > 0",
    // Whose time is taken when.
    "CREATE INDEX events_by_host ON events (host, starts_at, ends_at) WHERE host IS NOT NULL",
    // A time that was offered is had by one.
    "CREATE UNIQUE INDEX events_had_once ON events (host, starts_at)
        WHERE requested_at IS NOT NULL AND status IN ('requested', 'held', 'booked')",
    "CREATE INDEX events_on_hold ON events (hold_until) WHERE status = 'held'",
    "CREATE TABLE event_links (
        event_id TEXT NOT NULL REFERENCES events (id),
        position BIGINT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('document', 'referral')),
        title TEXT NOT NULL,
        url TEXT NOT NULL,
        -- Whether the customer is to fill it in; nothing where there is nothing to fill in.
        to_complete BOOLEAN,
        PRIMARY KEY (event_id, position)
    )",
    "CREATE TABLE event_messages (
        event_id TEXT NOT NULL REFERENCES events (id),
        position BIGINT NOT NULL,
        from_provider BOOLEAN NOT NULL,
        subject TEXT NOT NULL,
        text TEXT NOT NULL,
        sent_at BIGINT NOT NULL,
        PRIMARY KEY (event_id, position)
    )",
}
