//! Checkouts, what they lock, and their attempts at payment providers.

super::migration! {
    "CREATE TABLE checkouts (
        id TEXT NOT NULL PRIMARY KEY,
        customer_id TEXT NOT NULL REFERENCES customers (id),
        kind TEXT NOT NULL CHECK (kind IN
            ('invoice', 'balance', 'part', 'invoices', 'account', 'event', 'deposit')),
        -- The one invoice or event that it was made for.
        invoice_id TEXT REFERENCES invoices (id),
        event_id TEXT REFERENCES events (id),
        currency TEXT NOT NULL,
        -- What the customer pays, and the part of it that is the method's price.
        total_minor BIGINT NOT NULL CHECK (total_minor > 0),
        surcharge_minor BIGINT NOT NULL CHECK (surcharge_minor >= 0),
        -- The credit that is used with it, in the transaction that settles it.
        credit_minor BIGINT NOT NULL CHECK (credit_minor >= 0),
        -- The method's id, and what it was when it was chosen: settings change.
        method TEXT NOT NULL,
        method_kind TEXT NOT NULL,
        method_label TEXT,
        option_id TEXT,
        option_label TEXT,
        -- What the payment provider and the payments list say it is for.
        description TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('created', 'open', 'confirming', 'paid',
            'failed', 'cancelled', 'expired', 'needs_review')),
        failure TEXT,
        -- The payment that it became.
        payment_id TEXT REFERENCES payments (id),
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        CHECK ((kind IN ('invoice', 'part')) = (invoice_id IS NOT NULL)),
        CHECK ((kind IN ('event', 'deposit')) = (event_id IS NOT NULL)),
        CHECK (surcharge_minor < total_minor)
    )",
    "CREATE INDEX checkouts_live ON checkouts (customer_id, created_at, id)
        WHERE status IN ('created', 'open', 'confirming', 'needs_review')",
    // Transfers that nobody has confirmed end by themselves one day.
    "CREATE INDEX checkouts_confirming ON checkouts (expires_at) WHERE status = 'confirming'",
    "CREATE TABLE checkout_items (
        checkout_id TEXT NOT NULL REFERENCES checkouts (id),
        -- The order in which money is given to them: the first due first.
        position BIGINT NOT NULL,
        -- 'invoice:ID', 'event:ID', 'account:CURRENCY:CUSTOMER', 'credit:CURRENCY:CUSTOMER',
        -- or 'payment:CHECKOUT' for money on the account, which locks nothing.
        item_key TEXT NOT NULL,
        invoice_id TEXT REFERENCES invoices (id),
        event_id TEXT REFERENCES events (id),
        amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
        locked BOOLEAN NOT NULL,
        PRIMARY KEY (checkout_id, position)
    )",
    // This is what keeps a thing from being paid for twice at the same time.
    "CREATE UNIQUE INDEX checkout_items_lock ON checkout_items (item_key) WHERE locked",
    "CREATE INDEX checkout_items_of_invoice ON checkout_items (invoice_id)
        WHERE invoice_id IS NOT NULL AND locked",
    "CREATE TABLE attempts (
        -- Our name for the payment at the provider: at most 20 of A-Z a-z 0-9 and '-'.
        id TEXT NOT NULL PRIMARY KEY,
        checkout_id TEXT NOT NULL REFERENCES checkouts (id),
        gateway TEXT NOT NULL,
        -- The provider's name for it, and its page; unknown until the provider has answered.
        provider_id TEXT,
        url TEXT,
        -- What the provider said last: 'new' before it said anything.
        status TEXT NOT NULL,
        -- When the provider was last asked for it.
        last_read_at BIGINT NOT NULL,
        -- When the background reads it again; nothing once the provider has said its last word.
        next_read_at BIGINT,
        -- When the way to the provider's page was first handed out.
        opened_at BIGINT,
        -- When the window first came back from the provider.
        returned_at BIGINT,
        created_at BIGINT NOT NULL,
        UNIQUE (gateway, provider_id)
    )",
    "CREATE INDEX attempts_of_checkout ON attempts (checkout_id, created_at)",
    "CREATE INDEX attempts_due ON attempts (next_read_at) WHERE next_read_at IS NOT NULL",
    "CREATE TABLE launch_tokens (
        -- SHA-256 of the token: who reads this table can open nothing.
        token_hash TEXT NOT NULL PRIMARY KEY,
        checkout_id TEXT NOT NULL REFERENCES checkouts (id),
        expires_at BIGINT NOT NULL,
        -- When a launch page first asked with it.
        asked_at BIGINT,
        -- When the address was handed out for it.
        spent_at BIGINT
    )",
    "CREATE INDEX launch_tokens_of_checkout ON launch_tokens (checkout_id)",
    "CREATE INDEX launch_tokens_expiry ON launch_tokens (expires_at)",
    "CREATE TABLE webhook_events (
        gateway TEXT NOT NULL,
        event_id TEXT NOT NULL,
        received_at BIGINT NOT NULL,
        PRIMARY KEY (gateway, event_id)
    )",
    "CREATE INDEX webhook_events_received ON webhook_events (received_at)",
    "CREATE TABLE settings (
        -- What the server has made for itself, such as the secret of its proofs.
        key TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    )",
}
