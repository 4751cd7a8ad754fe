//! Whose portal it is.

use api_client::ApiError;
use api_types::{Currency, PaymentMethod, Portal};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::use_api;

/// The provider's settings, once they are known.
#[derive(Clone, Copy)]
pub struct PortalState {
    portal: RwSignal<Option<Portal>>,
    error: RwSignal<Option<ApiError>>,
}

impl PortalState {
    /// The settings, if they are known yet.
    pub fn get(self) -> Option<Portal> {
        self.portal.get()
    }

    /// Something of the settings, or its default while they are not known.
    pub fn of<V: Default>(self, read: impl FnOnce(&Portal) -> V) -> V {
        self.portal
            .with(|portal| portal.as_ref().map(read).unwrap_or_default())
    }

    /// Why the settings could not be read.
    pub fn error(self) -> Option<ApiError> {
        self.error.get()
    }

    /// The first way to pay in a currency.
    pub fn method_for(self, currency: Currency) -> Option<PaymentMethod> {
        self.of(|portal| {
            let takes = |method: &&PaymentMethod| method.currencies.contains(&currency);
            portal
                .methods
                .iter()
                .find(takes)
                .filter(|_| portal.features.pay)
                .cloned()
        })
    }

    /// Reads the settings, again if need be.
    pub fn load(self) {
        let api = use_api().get();
        spawn_local(async move {
            match api.portal().await {
                Ok(portal) => {
                    self.error.set(None);
                    self.portal.set(Some(portal));
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }
}

/// Reads the settings.
pub fn provide_portal() -> PortalState {
    let state = PortalState {
        portal: RwSignal::new(None),
        error: RwSignal::new(None),
    };
    provide_context(state);
    state.load();
    state
}

/// The settings.
pub fn use_portal() -> PortalState {
    expect_context()
}
