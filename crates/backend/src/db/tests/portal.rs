//! A portal's database for tests: temporary, with short ways to put rows in and read figures.

use api_types::{
    Balance, Currency, CurrencyBalance, CustomerId, Day, DocumentState, InvoiceId, InvoiceLine,
    MethodKind, Money, Party, PaymentId, PaymentKind, PaymentStatus, Timestamp,
};
use jiff::tz::TimeZone;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tempfile::TempDir;
use test_support::migrated;

use crate::db::customers::{self, Customer};
use crate::db::entities::{entries, events};
use crate::db::invoices::{self, NewInvoice};
use crate::db::payments::{self, NewPayment};
use crate::db::{Db, DbError, Terms, WriteTx, balance};
use crate::settings::{CalendarSettings, CheckoutLimits, Method};

/// A database of its own, gone when it is dropped.
pub(crate) struct Portal {
    pub(crate) db: Db,
    _folder: TempDir,
}

pub(crate) fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

pub(crate) fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').unwrap();
    Money::parse(amount, Currency::parse(currency).unwrap()).unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// The terms of a day on which euros and yen can be paid.
pub(crate) fn terms(today: &str) -> Terms {
    Terms {
        now: at(&format!("{today}T12:00:00Z")),
        today: day(today),
        zone: TimeZone::get("Europe/Dublin").unwrap(),
        zone_name: "Europe/Dublin".to_owned(),
        methods: vec![
            Method::new(
                id("card"),
                MethodKind::Card,
                vec![id("EUR"), id("JPY")],
                Some("sandbox"),
            )
            .to_wire(&CheckoutLimits::default()),
        ],
        least_part_percent: None,
        seller: Party {
            name: "Harbour Clinic".to_owned(),
            address: Vec::new(),
            tax_number: None,
            email: None,
            phone: None,
        },
        calendar: CalendarSettings::default(),
    }
}

/// A customer who is called as their id.
pub(crate) fn customer(name: &str) -> Customer {
    Customer {
        id: id(name),
        name: name.to_owned(),
        email: Some(format!("{name}@example.com")),
        address: Vec::new(),
        tax_number: None,
        account_number: None,
        attendees: Vec::new(),
    }
}

/// An invoice of one line without tax, issued on 2026-11-01.
pub(crate) fn invoice(name: &str, customer: &str, total: &str, due_on: &str) -> NewInvoice {
    let net = money(total);
    NewInvoice {
        id: id(name),
        customer: id(customer),
        number: name.to_owned(),
        name: "Treatment".to_owned(),
        issued_on: day("2026-11-01"),
        issued_at: at("2026-11-01T00:00:00Z"),
        due_on: day(due_on),
        period_from: None,
        period_to: None,
        net,
        tax: Money::zero(net.currency()),
        document: DocumentState::Open,
        service: None,
        replaced_by: None,
        lines: vec![InvoiceLine {
            description: "Treatment".to_owned(),
            quantity: "1".to_owned(),
            unit_price: net.into(),
            net,
            tax: Money::zero(net.currency()),
            tax_percent: "0".to_owned(),
        }],
    }
}

/// A payment started on 2026-11-10, and completed in the same minute if it is completed.
pub(crate) fn payment(
    name: &str,
    customer: &str,
    total: &str,
    status: PaymentStatus,
) -> NewPayment {
    let started = at("2026-11-10T10:00:00Z");
    let total = money(total);
    NewPayment {
        id: id(name),
        customer: id(customer),
        created_at: started,
        completed_at: (status == PaymentStatus::Completed).then_some(started),
        kind: match total.is_negative() {
            true => PaymentKind::Purchase,
            false => PaymentKind::Payment,
        },
        total,
        surcharge: Money::zero(total.currency()),
        status,
        description: "Card payment".to_owned(),
        method: None,
        paid_by: None,
        reference: None,
        refund_of: None,
        failure: None,
        checkout: None,
        provider: None,
    }
}

impl Portal {
    /// An empty one.
    pub(crate) async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portal.db");
        std::fs::write(&file, migrated().await).unwrap();
        let db = Db::open(&file).await.unwrap();
        Self {
            db,
            _folder: folder,
        }
    }

    /// One with some customers, named by their ids.
    pub(crate) async fn with(ids: &[&str]) -> Self {
        let portal = Self::empty().await;
        for name in ids {
            let customer = customer(name);
            portal
                .write(async |tx| customers::put(tx, &customer, at("2026-11-01T00:00:00Z")).await)
                .await;
        }
        portal
    }

    /// Writes what has to work.
    pub(crate) async fn write<T>(
        &self,
        run: impl AsyncFnOnce(&WriteTx) -> Result<T, DbError> + Clone,
    ) -> T {
        self.db.write(run).await.unwrap()
    }

    /// Adds an invoice.
    pub(crate) async fn issue(&self, new: &NewInvoice) {
        let now = at("2026-11-21T12:00:00Z");
        self.write(async |tx| invoices::put(tx, new, now).await)
            .await;
    }

    /// Adds a payment, and lets it pay for invoices.
    pub(crate) async fn pay(&self, new: &NewPayment, pays_for: &[(&str, &str)]) {
        let items: Vec<(InvoiceId, Money)> = pays_for
            .iter()
            .map(|(invoice, amount)| (id(invoice), money(amount)))
            .collect();
        self.write(async |tx| {
            payments::insert(tx, new).await?;
            let at = new.completed_at.unwrap_or(new.created_at);
            crate::db::allocate::to_invoices(tx, &new.id, &items, at).await
        })
        .await;
    }

    /// The balance on a day.
    pub(crate) async fn balance(&self, customer: &str, today: &str) -> Balance {
        let terms = terms(today);
        let customer: CustomerId = id(customer);
        self.db
            .read(async |tx| balance::read(tx, &customer, &terms).await)
            .await
            .unwrap()
    }

    /// The balance on a day in one currency.
    pub(crate) async fn balance_in(
        &self,
        customer: &str,
        currency: &str,
        today: &str,
    ) -> CurrencyBalance {
        let balance = self.balance(customer, today).await;
        let wanted: Currency = id(currency);
        let mut found = balance.currencies.into_iter();
        found.find(|of| of.currency == wanted).unwrap()
    }

    /// An invoice on a day.
    pub(crate) async fn invoice(
        &self,
        customer: &str,
        invoice: &str,
        today: &str,
    ) -> api_types::Invoice {
        let (customer, invoice) = (id(customer), id(invoice));
        let terms = terms(today);
        self.db
            .read(async |tx| invoices::find(tx, &customer, &invoice, &terms).await)
            .await
            .unwrap()
            .unwrap()
    }

    /// A payment.
    pub(crate) async fn payment(&self, customer: &str, payment: &str) -> api_types::Payment {
        let (customer, payment): (_, PaymentId) = (id(customer), id(payment));
        self.db
            .read(async |tx| payments::find(tx, &customer, &payment).await)
            .await
            .unwrap()
            .unwrap()
    }

    /// What the ledger adds up to, in minor units.
    pub(crate) async fn ledger_sum(&self, customer: &str, currency: &str) -> i64 {
        let entries = self
            .db
            .read(async |tx| {
                let rows = entries::Entity::find()
                    .filter(entries::Column::CustomerId.eq(customer))
                    .filter(entries::Column::Currency.eq(currency));
                rows.all(tx.conn()).await.map_err(DbError::from)
            })
            .await
            .unwrap();
        entries.iter().map(|entry| entry.amount_minor).sum()
    }

    /// What has been posted for an account, in order: its kind, when, and how much.
    pub(crate) async fn entries(&self, customer: &str) -> Vec<(String, i64, i64)> {
        let entries = self
            .db
            .read(async |tx| {
                let rows = entries::Entity::find()
                    .filter(entries::Column::CustomerId.eq(customer))
                    .order_by_asc(entries::Column::Id);
                rows.all(tx.conn()).await.map_err(DbError::from)
            })
            .await
            .unwrap();
        let entries = entries.into_iter();
        entries
            .map(|entry| (entry.kind, entry.at, entry.amount_minor))
            .collect()
    }

    /// When an event starts.
    pub(crate) async fn event_start(&self, event: &str) -> Timestamp {
        let row = self
            .db
            .read(async |tx| {
                let row = events::Entity::find_by_id(event).one(tx.conn()).await;
                row.map_err(DbError::from)
            })
            .await
            .unwrap();
        Timestamp::from_millis(row.unwrap().starts_at).unwrap()
    }
}
