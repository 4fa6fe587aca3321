package import FXCore

/// The journal's `MESSAGE_ID` of each event type: random 128-bit numbers that never change.
///
/// `systemd/fxwatch.catalog` has the text of each for `journalctl -x`.
package enum MessageIDs {
  /// Returns the identifier of an event type: 32 hexadecimal digits.
  package static func id(of type: NotificationType) -> String {
    switch type {
    case .alertFiring: "ea053cffd5bf4e76a385c16ede36fb76"
    case .alertResolved: "3b658b37a5774281a10c043035f32975"
    case .alertReminder: "d17da41d3db64b1b8a50b797338af49a"
    case .alertCorrection: "a0ffd18a5c614add84a087dd5aad5192"
    case .sourceDown: "dad6e4a74276404694517065da823fa2"
    case .sourceRecovered: "2fed848109e54fb0bb67b58793477328"
    case .sourceStale: "2da048162e594afea0abba010293f249"
    case .sourceLate: "5f6fddc9f9bac90e0c29d0cc217aec6d"
    case .sourceSuspect: "a2c8753727a0436d9d1246de63e96966"
    case .sourceVanished: "cbcf57cb97c50ee75d317fceda2e85a1"
    case .storeRewound: "dee5f895710f4cd2b6509896a0633537"
    case .notifierDisabled: "12d15d8fa6894b6e8bee7b3435a7a4e7"
    case .digest: "bbdecb0430724dfcaa531be019a6a54c"
    case .testPing: "1108eb661a4e4990be9049a07552ec0b"
    }
  }
}
