//! No row holds an amount beyond the bound of `api_types::Money::MOST_MINOR`, and none holds a
//! REAL. Whatever writes, and whatever it forgot to check, is refused here by name.
//!
//! What is a part of another column (an allocation, a surcharge, an item of a checkout) needs no
//! bound of its own: it is held below that column already.

super::migration! {
    "CREATE TRIGGER invoices_within_bounds_added BEFORE INSERT ON invoices
        WHEN typeof(NEW.net_minor) <> 'integer'
            OR NEW.net_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.tax_minor) <> 'integer'
            OR NEW.tax_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.total_minor) <> 'integer'
            OR NEW.total_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: invoices'); END",
    "CREATE TRIGGER invoices_within_bounds_changed BEFORE UPDATE OF net_minor, tax_minor, total_minor ON invoices
        WHEN typeof(NEW.net_minor) <> 'integer'
            OR NEW.net_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.tax_minor) <> 'integer'
            OR NEW.tax_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.total_minor) <> 'integer'
            OR NEW.total_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: invoices'); END",
    "CREATE TRIGGER invoice_lines_within_bounds_added BEFORE INSERT ON invoice_lines
        WHEN typeof(NEW.net_minor) <> 'integer'
            OR NEW.net_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.tax_minor) <> 'integer'
            OR NEW.tax_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: invoice_lines'); END",
    "CREATE TRIGGER invoice_lines_within_bounds_changed BEFORE UPDATE OF net_minor, tax_minor ON invoice_lines
        WHEN typeof(NEW.net_minor) <> 'integer'
            OR NEW.net_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.tax_minor) <> 'integer'
            OR NEW.tax_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: invoice_lines'); END",
    "CREATE TRIGGER credit_notes_within_bounds_added BEFORE INSERT ON credit_notes
        WHEN typeof(NEW.net_minor) <> 'integer'
            OR NEW.net_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.tax_minor) <> 'integer'
            OR NEW.tax_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.total_minor) <> 'integer'
            OR NEW.total_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: credit_notes'); END",
    "CREATE TRIGGER credit_notes_within_bounds_changed BEFORE UPDATE OF net_minor, tax_minor, total_minor ON credit_notes
        WHEN typeof(NEW.net_minor) <> 'integer'
            OR NEW.net_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.tax_minor) <> 'integer'
            OR NEW.tax_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.total_minor) <> 'integer'
            OR NEW.total_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: credit_notes'); END",
    "CREATE TRIGGER payments_within_bounds_added BEFORE INSERT ON payments
        WHEN typeof(NEW.total_minor) <> 'integer'
            OR NEW.total_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: payments'); END",
    "CREATE TRIGGER payments_within_bounds_changed BEFORE UPDATE OF total_minor ON payments
        WHEN typeof(NEW.total_minor) <> 'integer'
            OR NEW.total_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: payments'); END",
    "CREATE TRIGGER events_within_bounds_added BEFORE INSERT ON events
        WHEN typeof(NEW.fee_minor) NOT IN ('integer', 'null')
            OR NEW.fee_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.deposit_minor) NOT IN ('integer', 'null')
            OR NEW.deposit_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: events'); END",
    "CREATE TRIGGER events_within_bounds_changed BEFORE UPDATE OF fee_minor, deposit_minor ON events
        WHEN typeof(NEW.fee_minor) NOT IN ('integer', 'null')
            OR NEW.fee_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.deposit_minor) NOT IN ('integer', 'null')
            OR NEW.deposit_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: events'); END",
    "CREATE TRIGGER offers_within_bounds_added BEFORE INSERT ON offers
        WHEN typeof(NEW.fee_minor) NOT IN ('integer', 'null')
            OR NEW.fee_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.deposit_minor) NOT IN ('integer', 'null')
            OR NEW.deposit_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: offers'); END",
    "CREATE TRIGGER offers_within_bounds_changed BEFORE UPDATE OF fee_minor, deposit_minor ON offers
        WHEN typeof(NEW.fee_minor) NOT IN ('integer', 'null')
            OR NEW.fee_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.deposit_minor) NOT IN ('integer', 'null')
            OR NEW.deposit_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: offers'); END",
    "CREATE TRIGGER entries_within_bounds_added BEFORE INSERT ON entries
        WHEN typeof(NEW.amount_minor) <> 'integer'
            OR NEW.amount_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.balance_minor) <> 'integer'
            OR NEW.balance_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: entries'); END",
    "CREATE TRIGGER entries_within_bounds_changed BEFORE UPDATE OF amount_minor, balance_minor ON entries
        WHEN typeof(NEW.amount_minor) <> 'integer'
            OR NEW.amount_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.balance_minor) <> 'integer'
            OR NEW.balance_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: entries'); END",
    "CREATE TRIGGER checkouts_within_bounds_added BEFORE INSERT ON checkouts
        WHEN typeof(NEW.total_minor) <> 'integer'
            OR NEW.total_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.credit_minor) <> 'integer'
            OR NEW.credit_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: checkouts'); END",
    "CREATE TRIGGER checkouts_within_bounds_changed BEFORE UPDATE OF total_minor, credit_minor ON checkouts
        WHEN typeof(NEW.total_minor) <> 'integer'
            OR NEW.total_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
            OR typeof(NEW.credit_minor) <> 'integer'
            OR NEW.credit_minor NOT BETWEEN -1000000000000000 AND 1000000000000000
        BEGIN SELECT RAISE(ABORT, 'beyond the bound: checkouts'); END",
}
