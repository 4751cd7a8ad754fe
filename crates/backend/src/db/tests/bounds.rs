//! Amounts at and around their bounds, in several currencies: every figure stays right, or the
//! write is refused by name and leaves nothing behind. No row ever holds a REAL.

use api_types::{
    Currency, HistoryOrder, HistoryQuery, Money, PaymentKind, PaymentStatus, StatementQuery,
    Timestamp,
};
use proptest::prelude::*;
use sea_orm::{ConnectionTrait, Statement};

use super::account_commands::TODAY;
use super::portal::{Portal, at, day, id, invoice, payment, terms};
use crate::db::{DbError, history, invoices, payments};

const CODES: [&str; 3] = ["EUR", "JPY", "KWD"];
const MOST: i64 = Money::MOST_MINOR;

/// A write that moves the account.
#[derive(Clone, Debug)]
struct Move {
    code: &'static str,
    /// More than nothing for money, less for a purchase; an invoice takes it away.
    minor: i64,
    is_invoice: bool,
    /// Minutes after the first moment: a later write may be for an earlier time.
    minute: i64,
}

impl Move {
    /// What it adds to the ledger.
    fn moves(&self) -> i128 {
        let minor = i128::from(self.minor);
        if self.is_invoice { -minor } else { minor }
    }

    fn at(&self) -> Timestamp {
        let first = at("2026-11-10T10:00:00Z").as_millis();
        Timestamp::from_millis(first + self.minute * 60_000).unwrap()
    }

    async fn write(&self, portal: &Portal, n: usize) -> Result<(), DbError> {
        let currency: Currency = id(self.code);
        let amount = Money::from_minor(self.minor, currency);
        let zero = format!("{} {}", Money::zero(currency).amount_text(), self.code);
        if self.is_invoice {
            let mut new = invoice(&format!("inv-{n}"), "ann", &zero, "2026-11-20");
            (new.net, new.issued_at) = (amount, self.at());
            (new.lines[0].net, new.lines[0].unit_price) = (amount, amount.into());
            let now = at("2026-11-21T12:00:00Z");
            return portal
                .db
                .write(async |tx| invoices::put(tx, &new, now).await)
                .await;
        }
        let mut new = payment(&format!("pay-{n}"), "ann", &zero, PaymentStatus::Completed);
        (new.total, new.created_at) = (amount, self.at());
        new.completed_at = Some(self.at());
        new.kind = match amount.is_positive() {
            true => PaymentKind::Payment,
            false => PaymentKind::Purchase,
        };
        portal
            .db
            .write(async |tx| payments::insert(tx, &new).await)
            .await
    }
}

/// What the ledger has to hold, reckoned here by other means: `(minute, amount)` in the order in
/// which the entries were written.
#[derive(Default)]
struct Model(Vec<(&'static str, i64, i128)>);

impl Model {
    /// The amounts of a currency with the balance after each, in the order of time.
    fn balances(&self, code: &str) -> Vec<(i128, i128)> {
        let of = self.0.iter().filter(|(of, ..)| *of == code);
        let mut rows: Vec<_> = of.map(|(_, minute, moves)| (*minute, *moves)).collect();
        // It is a stable sort: what came first at one moment stays first.
        rows.sort_by_key(|(minute, _)| *minute);
        let mut stands_at = 0;
        let each = rows.into_iter().map(|(_, moves)| {
            stands_at += moves;
            (moves, stands_at)
        });
        each.collect()
    }

    fn fits(&self, code: &str) -> bool {
        let within = |minor: i128| minor.unsigned_abs() <= u128::from(MOST.unsigned_abs());
        let mut balances = self.balances(code).into_iter();
        balances.all(|(moves, stands_at)| within(moves) && within(stands_at))
    }
}

async fn hold(portal: &Portal, model: &Model) {
    let balance = portal.balance("ann", TODAY).await;
    for code in CODES {
        let expected = model.balances(code);
        let currency: Currency = id(code);
        let net = expected.last().map_or(0, |(_, stands_at)| *stands_at);
        let of = balance.currencies.iter().find(|of| of.currency == currency);
        let told = of.map_or(0, |of| i128::from(of.net.minor()));
        assert_eq!(told, net, "{of:?}");
        if let Some(of) = of {
            assert_eq!(of.credit.checked_sub(of.owed), Ok(of.net), "{of:?}");
        }
        let query = HistoryQuery {
            currency: Some(currency),
            order: Some(HistoryOrder::Oldest),
            limit: Some(200),
            ..HistoryQuery::default()
        };
        let page = portal
            .db
            .read(async |tx| history::list(tx, &id("ann"), &query, &terms(TODAY)).await)
            .await
            .unwrap();
        let rows = page.data.iter();
        let wide = |money: Money| i128::from(money.minor());
        let rows = rows.map(|row| (wide(row.amount), wide(row.balance)));
        assert_eq!(rows.collect::<Vec<_>>(), expected, "{code}");
        let query = StatementQuery {
            from: day("2026-11-01"),
            to: day("2026-11-30"),
            currency: Some(currency),
        };
        let statement = portal
            .db
            .read(async |tx| history::statement(tx, &id("ann"), &query, &terms(TODAY)).await)
            .await
            .unwrap()
            .unwrap();
        let sums = &statement.currencies[0];
        assert_eq!(i128::from(sums.closing.minor()), net, "{sums:?}");
        let kinds = sums.sums.iter().map(|of| i128::from(of.sum.minor()));
        assert_eq!(kinds.sum::<i128>(), net, "{sums:?}");
    }
    assert_eq!(reals(portal).await, 0);
}

/// How many columns of money hold something else than an integer.
async fn reals(portal: &Portal) -> i64 {
    let sql = "SELECT
        (SELECT COUNT(*) FROM entries WHERE typeof(amount_minor) <> 'integer'
            OR typeof(balance_minor) <> 'integer')
        + (SELECT COUNT(*) FROM payments WHERE typeof(total_minor) <> 'integer')
        + (SELECT COUNT(*) FROM invoices WHERE typeof(total_minor) <> 'integer') AS found";
    portal
        .db
        .read(async |tx| {
            let backend = tx.conn().get_database_backend();
            let row = tx
                .conn()
                .query_one_raw(Statement::from_string(backend, sql))
                .await?;
            Ok::<_, DbError>(row.unwrap().try_get("", "found")?)
        })
        .await
        .unwrap()
}

fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![
        3 => prop::sample::select(vec![MOST, MOST - 1, MOST / 2, MOST / 2 + 1, 1, 100]),
        1 => prop::sample::select(vec![MOST + 1, i64::MAX, i64::MAX / 2 + 1]),
        1 => 1..=MOST,
    ]
}

fn moves() -> impl Strategy<Value = Move> {
    let code = prop::sample::select(CODES.to_vec());
    (code, amount(), 0..3_u8, 0..8_i64).prop_map(|(code, amount, kind, minute)| Move {
        code,
        minor: if kind == 0 { -amount } else { amount },
        is_invoice: kind == 1,
        minute,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn around_the_bounds_figures_stay_right_or_the_write_is_refused_by_name(
        moves in prop::collection::vec(moves(), 1..24),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let portal = Portal::with(&["ann"]).await;
            let mut model = Model::default();
            for (n, of) in moves.iter().enumerate() {
                model.0.push((of.code, of.minute, of.moves()));
                let fits = model.fits(of.code);
                let written = of.write(&portal, n).await;
                match written {
                    Ok(()) => assert!(fits, "{of:?} was taken"),
                    Err(DbError::TooLarge(what)) => {
                        assert!(!fits, "{of:?} was refused: {what}");
                        model.0.pop();
                    }
                    Err(other) => panic!("{of:?}: {other}"),
                }
            }
            hold(&portal, &model).await;
        });
    }
}

#[tokio::test]
async fn a_refused_write_says_whose_balance_it_would_be_and_the_most_that_it_may_be() {
    let portal = Portal::with(&["ann"]).await;
    let most = Move {
        code: "EUR",
        minor: MOST,
        is_invoice: false,
        minute: 0,
    };
    most.write(&portal, 0).await.unwrap();
    let one_more = Move {
        minor: 1,
        minute: 1,
        ..most.clone()
    };
    let refused = one_more.write(&portal, 1).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "beyond the bound: the balance of customer ann in EUR; at most 10000000000000.00 EUR"
    );
    // What is larger than any amount may be is refused by the table itself too.
    let beyond = Move {
        minor: i64::MAX,
        ..one_more
    };
    let refused = beyond.write(&portal, 2).await.unwrap_err();
    assert!(refused.to_string().contains("payments"), "{refused}");
}

#[tokio::test]
async fn a_sum_that_does_not_fit_is_refused_by_name_and_is_no_real() {
    let portal = Portal::with(&["ann"]).await;
    let sums = [
        format!(
            "SELECT SUM(x) AS y FROM (SELECT {0} AS x UNION ALL SELECT {0})",
            i64::MAX
        ),
        format!("SELECT {} + 1 AS y", i64::MAX),
    ];
    let read = async |sql: &str| {
        portal
            .db
            .read(async |tx| {
                let backend = tx.conn().get_database_backend();
                let row = tx
                    .conn()
                    .query_one_raw(Statement::from_string(backend, sql))
                    .await?;
                Ok::<i64, DbError>(row.unwrap().try_get("", "y")?)
            })
            .await
    };
    let overflow = read(&sums[0]).await;
    assert!(
        matches!(overflow, Err(DbError::TooLarge(_))),
        "{overflow:?}"
    );
    // A REAL cannot be read as minor units at all.
    assert!(read(&sums[1]).await.is_err());
}
