//! Calling a helper, and being one who is called.

use shared::{
    help::{HelpAct, HelpNews},
    protocol::{ClientMessage, VisitorId},
};

use super::App;
use crate::{
    page,
    words::{number, text},
};

/// What the page knows of it.
#[derive(Clone, Debug, Default)]
pub struct Helping {
    /// Whether the visitor has called, and nobody has come yet.
    pub called: bool,
    /// Who calls, for a helper: the latest last.
    pub calls: Vec<(VisitorId, String)>,
}

impl App {
    /// Calls, or needs nobody any more.
    pub(super) fn call_helper(&mut self, call: bool) {
        self.send(&ClientMessage::Help(if call {
            HelpAct::Call
        } else {
            HelpAct::Over
        }));
        if !call {
            self.helping.called = false;
            self.tell("notice-help-over");
        }
    }

    /// A helper goes to whoever called.
    pub(super) fn come(&mut self, caller: VisitorId) {
        self.send(&ClientMessage::Help(HelpAct::Come(caller)));
        if let Some(world) = self.world.as_ref().filter(|_| self.session.is_in()) {
            let mut world = world.borrow_mut();
            world.controls.stop();
            world.me.await_set_down(page::now_ms());
        }
    }

    /// Something was told about a call.
    pub(super) fn help_came(&mut self, news: HelpNews) {
        let Some(words) = self.words.clone() else { return };
        let with_name = |key, name: &str| words.say_with(key, &[("name", text(name))]);
        match news {
            HelpNews::Told { helpers } => {
                self.helping.called = true;
                self.tell_text(words.say_with("notice-help-told", &[("count", number(helpers))]));
            }
            HelpNews::Comes { name, .. } => {
                self.helping.called = false;
                self.tell_text(with_name("notice-help-comes", &name));
            }
            HelpNews::Called { visitor, name, .. } => {
                self.speak(with_name("help-called", &name));
                self.helping.calls.retain(|(caller, _)| *caller != visitor);
                self.helping.calls.push((visitor, name));
            }
            HelpNews::Over { visitor } => self.helping.calls.retain(|(caller, _)| *caller != visitor),
        }
    }
}
