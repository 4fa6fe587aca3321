import CMosquitto
import FXCore
import Glibc

/// The functions of libmosquitto, looked up at the first use.
enum LibMosquitto {
  /// The table of functions; nil where libmosquitto is not installed.
  private static let table: fx_mosquitto? = {
    // The library writes to sockets that the broker may have closed.
    signal(SIGPIPE, SIG_IGN)
    var table = fx_mosquitto()
    return fx_mosquitto_open(&table) == 1 ? table : nil
  }()

  /// Returns the functions; throws where libmosquitto is not installed.
  static func functions() throws(MQTTFailure) -> fx_mosquitto {
    guard let table else { throw .missingLibrary }
    return table
  }
}
