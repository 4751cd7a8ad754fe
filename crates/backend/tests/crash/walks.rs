//! The two walks of ARCHITECTURE.md: a reader finds every file there that is on the stack where a
//! new checkout, and what a provider says of a payment, are written, and where a provider is asked
//! or heard. What has returned by then (the plan, the decision) is on no stack.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use api_types::CheckoutStatus;
use test_support::GOOD_CARD;

use crate::site::{ProcessSite, token};

/// Files that are in no walk: the layers that every request passes, the transaction that every
/// write ends in, and the failpoints by which this test sees it. The folder of the gateways is the
/// providers'.
const LEAVES: [&str; 8] = [
    "listen.rs",
    "http/guard.rs",
    "http/headers.rs",
    "http/trace.rs",
    "db/connect.rs",
    "db/transaction.rs",
    "failpoints.rs",
    "gateways/",
];
const MOST_FILES: usize = 7;

#[tokio::test]
async fn the_walks_of_the_architecture_hold_every_file_on_the_way_to_a_commit() {
    let site = ProcessSite::with_backtraces().await;
    let checkout = site.open_checkout().await;
    let page = site.gateway_page(&token(1)).await;
    site.pay(&page, GOOD_CARD).await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    for (heading, failpoint, least) in [
        ("### A new checkout", "create.writing", 3),
        ("### A new checkout", "order.before", 1),
        ("### A provider's notification", "webhook.kept", 2),
        ("### A provider's notification", "apply.writing", 2),
    ] {
        let walk = walk(heading);
        let different: BTreeSet<_> = walk.iter().collect();
        assert_eq!(different.len(), walk.len(), "{heading}: each file once");
        assert!(walk.len() <= MOST_FILES, "{heading}: {walk:?}");
        let mut stack = files_on(&site.backtrace(failpoint));
        stack.retain(|file| !LEAVES.iter().any(|leaf| file.starts_with(leaf)));
        assert!(stack.len() >= least, "{failpoint}: {stack:?}");
        for file in stack {
            assert!(walk.contains(&file), "{heading} does not name {file}");
        }
    }
}

/// The files of a walk, which stand at the beginning of the items of a list.
fn walk(heading: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("../../ARCHITECTURE.md")).unwrap();
    let (_, after) = text.split_once(&format!("\n{heading}")).unwrap();
    let items = after.lines().skip_while(|line| !line.starts_with("1. "));
    let items = items.take_while(|line| !line.is_empty());
    let files: Vec<_> = items
        .map(|item| item.split('`').nth(1).unwrap().to_owned())
        .collect();
    for file in &files {
        assert!(root.join("src").join(file).is_file(), "{file} is missing");
    }
    files
}

/// The backend's own files on a stack, which are written from the folder that the process runs in.
fn files_on(backtrace: &str) -> BTreeSet<String> {
    let places = backtrace.lines().filter_map(|line| {
        let place = line.trim().strip_prefix("at ")?;
        let own = place.strip_prefix("./src/").or_else(|| {
            let (_, own) = place.split_once("crates/backend/src/")?;
            Some(own)
        })?;
        Some(own.split(':').next()?.to_owned())
    });
    places.collect()
}
