//! What the report says of which results.

use super::*;

/// A line of results with what differs between the tests here.
fn line(
    id: &str,
    (first, ms): (&str, Option<i64>),
    wrong: &[&str],
    cannot: Option<&str>,
) -> String {
    let words: Vec<&str> = id.split('/').collect();
    let line = serde_json::json!({
        "engine": words[0], "portal_coop": words[1], "gateway_coop": words[2],
        "hint": words[3], "outcome": words[4], "provider": words.get(5).unwrap_or(&"sandbox"),
        "ended": if words[4] == "declined" { "Payment failed" } else { "Payment complete" },
        "first": first, "ms": ms, "entries": 1, "reloads": 0, "wrong": wrong, "cannot": cannot,
    });
    format!("{line}\n")
}

fn report(lines: &[String]) -> String {
    let mut results = Results::default();
    results.add(&lines.concat()).unwrap();
    write(&results)
}

#[track_caller]
fn says(report: &str, part: &str) {
    assert!(report.contains(part), "`{part}` is not in\n{report}");
}

#[test]
fn what_has_not_run_is_said() {
    let report = report(&[line(
        "firefox/none/none/push/paid",
        ("push", Some(420)),
        &[],
        None,
    )]);
    says(&report, "1 of 5103 cells have run; wrong: 0.");
    says(
        &report,
        "Not run yet: 1701 in Chromium, 1700 in Firefox, 1701 in WebKit.",
    );
    says(&report, "### WebKit\n\nNo cell has run yet.");
    says(&report, "| push | 420 push | not run |");
}

#[test]
fn times_leave_out_what_came_by_the_poll_behind_the_hint() {
    let cut = Some("a COOP header cuts the opener");
    let report = report(&[
        line(
            "chromium/none/none/message/paid",
            ("message", Some(300)),
            &[],
            None,
        ),
        line(
            "webkit/none/none/message/paid",
            ("message", Some(500)),
            &[],
            None,
        ),
        line(
            "webkit/none/none/message/declined",
            ("message", Some(100)),
            &[],
            None,
        ),
        line(
            "webkit/same-origin/none/message/paid",
            ("poll", Some(14_000)),
            &[],
            cut,
        ),
    ]);
    says(
        &report,
        "| message | 300 / 300 | - | 500 / 500 | 300 / 500 |",
    );
    says(&report, "| paid | 500 / 500 | - |");
    says(&report, "| message | message 3, poll 1 |");
    says(
        &report,
        "| message | a COOP header cuts the opener | 0 | 0 | 1 |",
    );
    says(&report, "(a) a COOP header cuts the opener");
    says(&report, "| message | 14000 poll (a) | not run |");
    says(
        &report,
        "| declined | 0 of 0 | 0 of 0 | 1 of 1 | Payment failed |",
    );
}

#[test]
fn a_wrong_cell_is_named_with_what_was_wrong() {
    let wrong = ["2 ledger entries instead of 1"];
    let report = report(&[
        line(
            "firefox/none/none/all/paid",
            ("push", Some(200)),
            &wrong,
            None,
        ),
        line(
            "firefox/none/none/all/closed-early",
            ("none", None),
            &[],
            None,
        ),
    ]);
    says(&report, "2 of 5103 cells have run; wrong: 1.");
    says(
        &report,
        "- `firefox/none/none/all/paid/sandbox`: 2 ledger entries instead of 1 (1 entries, 0 reloads)",
    );
    says(
        &report,
        "| paid | 0 of 0 | 0 of 1 | 0 of 0 | Payment complete |",
    );
    says(
        &report,
        "| all | **wrong**, Payment complete | not run | not run | right |",
    );
}

#[test]
fn every_table_has_as_many_cells_in_each_row() {
    let report = report(&[line(
        "webkit/none/none/wake/slow",
        ("wake", Some(9)),
        &[],
        None,
    )]);
    let mut tables = 0;
    for table in report.split("\n\n").filter(|part| part.starts_with('|')) {
        let widths: Vec<usize> = table.lines().map(|row| row.matches('|').count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
        tables += 1;
    }
    // Summary, two of times, which came first, and nine of WebKit's cells.
    assert_eq!(tables, 13, "{report}");
}
