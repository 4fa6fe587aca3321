import CLibPQ
import FXCore

/// The functions of libpq, looked up at the first use.
enum LibPQ {
  /// The table of functions; nil where libpq is not installed.
  private static let table: fx_libpq? = {
    var table = fx_libpq()
    return fx_libpq_open(&table) == 1 ? table : nil
  }()

  /// Returns the functions; throws where libpq is not installed.
  static func functions() throws(StoreProblem) -> fx_libpq {
    guard let table else {
      throw StoreProblem(
        .permanent,
        "PostgreSQL's client library libpq.so.5 is missing; install it with 'apt install"
          + " libpq5'")
    }
    return table
  }
}
