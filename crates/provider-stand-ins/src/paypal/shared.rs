//! What all parts of the running stand-in share.

use std::sync::{Arc, Mutex, PoisonError};

use super::account::Account;
use super::meter::Meter;
use super::options::Options;
use super::transmission::Signer;
use crate::controls::Controls;
use crate::deliveries::{Deliveries, Delivery};

/// The running stand-in.
pub(super) struct Shared {
    pub options: Arc<Options>,
    pub origin: Arc<str>,
    pub controls: Controls,
    pub signer: Signer,
    /// Counts all API calls.
    pub calls: Meter,
    /// Counts the calls that ask whether a notification is genuine.
    pub verifications: Meter,
    pub(super) deliveries: Deliveries,
    account: Mutex<Account>,
}

impl Shared {
    pub(super) fn start(
        options: Options,
        origin: String,
        controls: Controls,
    ) -> Result<Self, reqwest::Error> {
        let (options, origin) = (Arc::new(options), Arc::from(origin));
        let signer = Signer::new(&origin, &options.webhook_id);
        let (signs, clocks) = (signer.clone(), controls.clone());
        let sign = Box::new(move |body: &[u8]| signs.headers(&clocks.clock().rfc3339(), body));
        Ok(Self {
            deliveries: Deliveries::start(controls.clone(), sign)?,
            account: Mutex::new(Account::new(Arc::clone(&options), Arc::clone(&origin))),
            calls: Meter::new(options.rate_limit),
            verifications: Meter::new(options.verify_rate_limit),
            options,
            origin,
            controls,
            signer,
        })
    }

    /// Does something with the account at this moment, and hands in what there is to tell. Calls
    /// that come at the same time wait for each other, so each finds a whole account.
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut Account, i64) -> T) -> T {
        let mut account = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.controls.clock().unix();
        account.expire(now);
        let before = account.events.len();
        let result = act(&mut account, now);
        for event in account.events.iter().skip(before) {
            self.controls.tell(event.kind());
        }
        let url = account.webhook_url.clone();
        for body in account.take_unsent() {
            if let Some(url) = url.clone() {
                self.deliveries.add(Delivery { url, body });
            }
        }
        result
    }
}
