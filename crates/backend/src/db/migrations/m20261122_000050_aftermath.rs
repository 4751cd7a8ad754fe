//! What happens to a payment after its money has come: disputes, and refunds of its surcharge.

super::migration! {
    // How a dispute over it stands; on a refund, that it is money which a dispute took.
    "ALTER TABLE payments ADD COLUMN dispute TEXT CHECK (dispute IN ('open', 'won', 'lost'))",
    // The part of a refund that gives back the price of the way to pay. It is no money of the
    // account: the surcharge never was.
    "ALTER TABLE payments ADD COLUMN surcharge_back_minor BIGINT NOT NULL DEFAULT 0
        CHECK (surcharge_back_minor = 0 OR (surcharge_back_minor > 0 AND kind = 'refund'
            AND surcharge_back_minor <= -total_minor))",
}
