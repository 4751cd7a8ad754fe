//! What can be asked for, and the feeds that other calendars read.

super::migration! {
    // Weekly times of a person for a service.
    "CREATE TABLE offers (
        id TEXT NOT NULL PRIMARY KEY,
        service TEXT NOT NULL,
        -- Whose time it is.
        person TEXT NOT NULL,
        -- 1 for Monday to 7 for Sunday, and minutes since midnight, by the clock of zone.
        weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
        from_minute BIGINT NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
        to_minute BIGINT NOT NULL CHECK (to_minute BETWEEN 1 AND 1440),
        zone TEXT NOT NULL,
        -- How long an event lasts, and how far the beginnings lie apart.
        minutes BIGINT NOT NULL CHECK (minutes > 0),
        every_minutes BIGINT NOT NULL CHECK (every_minutes > 0),
        -- Where; at least one of the two.
        location TEXT,
        video BOOLEAN NOT NULL,
        fee_minor BIGINT,
        deposit_minor BIGINT,
        currency TEXT,
        -- The days on which it holds.
        first_on TEXT,
        last_on TEXT,
        -- Only for customers who have had the service.
        known_only BOOLEAN NOT NULL DEFAULT FALSE,
        CHECK (from_minute < to_minute),
        CHECK (video OR location IS NOT NULL),
        CHECK (currency IS NOT NULL OR (fee_minor IS NULL AND deposit_minor IS NULL))
    )",
    "CREATE INDEX offers_by_service ON offers (service)",
    // When a person, or everybody, is away all the same.
    "CREATE TABLE closures (
        id TEXT NOT NULL PRIMARY KEY,
        person TEXT,
        starts_at BIGINT NOT NULL,
        ends_at BIGINT NOT NULL,
        CHECK (ends_at > starts_at)
    )",
    "CREATE TABLE feeds (
        customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (id),
        -- SHA-256 of the secret in the address.
        token_hash TEXT NOT NULL UNIQUE,
        due_days BOOLEAN NOT NULL,
        created_at BIGINT NOT NULL,
        read_at BIGINT
    )",
}
