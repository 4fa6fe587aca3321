/// The location of a row in a body; its text is created only on demand.
package enum RowPlace: Sendable, CustomStringConvertible {
  /// `line 12`, from 1.
  case line(Int)
  /// `line 12, column 3`, both from 1.
  case column(Int, line: Int)
  /// `line 12, row 3 of //tr`.
  case row(Int, of: String, line: Int)
  /// `rates.USD`.
  case path(String)

  package var description: String {
    switch self {
    case .line(let line): "line \(line)"
    case .column(let column, let line): "line \(line), column \(column)"
    case .row(let row, let path, let line): "line \(line), row \(row) of \(path)"
    case .path(let path): path
    }
  }
}
