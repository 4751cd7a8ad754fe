//! What the handle of the window shows, and how far it is believed: pure.
//!
//! A page of the payment provider that cuts the connection makes `closed` read
//! true at once, with the window still open. So the first monitor of a closed
//! window counts only if it had been seen at the provider for a while before.

/// Within how many milliseconds after the launch page has left a page of the provider cuts the
/// connection, if it does.
const CUT_MS: i64 = 1_000;

/// What the handle shows at one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observation {
    /// It reads as closed.
    pub closed: bool,
    /// It shows a page that is not ours.
    pub away: bool,
}

/// What a closed window means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was cut, or closed: nobody can know.
    Cut,
    /// It has gone.
    Gone,
}

/// What has been seen of one window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PopupMonitor {
    left_at: Option<i64>,
}

impl PopupMonitor {
    /// Looks.
    pub fn look(&mut self, seen: Observation, now: i64) -> Option<Verdict> {
        if !seen.closed {
            if self.left_at.is_none() && seen.away {
                self.left_at = Some(now);
            }
            return None;
        }
        let believed = self.left_at.is_some_and(|left| now - left >= CUT_MS);
        Some(if believed {
            Verdict::Gone
        } else {
            Verdict::Cut
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_LAUNCH: Observation = Observation {
        closed: false,
        away: false,
    };
    const AWAY: Observation = Observation {
        closed: false,
        away: true,
    };
    const CLOSED: Observation = Observation {
        closed: true,
        away: true,
    };

    /// A window's story: what it is, what was seen of it and when, and what its closing means.
    type Row = (&'static str, &'static [(Observation, i64)], Verdict);

    #[test]
    fn what_closed_means_depends_on_what_was_seen_before() {
        let rows: &[Row] = &[
            ("never seen open", &[], Verdict::Cut),
            ("the launch page was open", &[(AT_LAUNCH, 0)], Verdict::Cut),
            (
                "cut as it left",
                &[(AT_LAUNCH, 0), (AWAY, 1_600)],
                Verdict::Cut,
            ),
            (
                "closed later",
                &[(AT_LAUNCH, 0), (AWAY, 1_000)],
                Verdict::Gone,
            ),
            (
                "back on our page",
                &[(AWAY, 0), (AT_LAUNCH, 1_500)],
                Verdict::Gone,
            ),
        ];
        for (what, looks, verdict) in rows {
            let mut monitor = PopupMonitor::default();
            for (seen, at) in *looks {
                assert_eq!(monitor.look(*seen, *at), None, "{what}");
            }
            assert_eq!(monitor.look(CLOSED, 2_000), Some(*verdict), "{what}");
        }
    }

    #[test]
    fn a_window_that_is_open_is_never_said_to_have_gone() {
        let mut monitor = PopupMonitor::default();
        for at in 0..100 {
            assert_eq!(monitor.look(AWAY, at * 500), None);
        }
    }
}
