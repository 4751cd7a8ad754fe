//! A whole site for one test: backend, database and gateway of its own, on
//! ports of their own, with the sample data.

use std::path::{Path, PathBuf};

use backend::app::App;
use backend::clock::Clock;
use backend::settings::{PublicUrl, Settings};
use sandbox_gateway::{Faults, Gateway, GatewaySettings};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Somebody of the sample data.
pub struct Customer {
    pub email: &'static str,
    pub password: &'static str,
}

/// An invoice of the sample data.
pub struct SampleInvoice {
    pub id: &'static str,
    pub number: &'static str,
    pub path: &'static str,
    pub currency: &'static str,
    pub remaining: &'static str,
}
