extension Outlook {
  /// Returns the value of a term; nil where something is missing.
  func value(of term: Term) -> Figure? {
    switch term {
    case .rate: return figure(place)
    case .number(let number, _): return Figure(number)
    case .duration(let length, _): return Figure(Ratio(length))
    case .age: return Figure(Ratio(now - seen))
    case .weekday: return Figure(Ratio(Int64(Calendar.weekday(at: now))))
    case .hour: return Figure(Ratio(Int64(Calendar.hour(at: now))))
    case .at(let window): return origin(of: window).map(figure)
    case .change(let window):
      return base(of: window).map { Self.relative(figure(place), to: $0) }
    case .delta(let window): return base(of: window).map { figure(place) - $0 }
    case .statistic(let name, let window, let isBefore):
      guard let places = places(in: window, isBefore: isBefore) else { return nil }
      return statistic(name, of: places, isTimed: start(of: window))
    case .other(let source): return others[source]
    case .spread(let source): return others[source].map { Self.relative(figure(place), to: $0) }
    case .cross(let pair): return cross(pair)
    case .sum(let left, let right): return both(left, right, +)
    case .difference(let left, let right): return both(left, right, -)
    case .product(let left, let right): return both(left, right, *)
    case .quotient(let left, let right): return both(left, right, /)
    case .negative(let term): return value(of: term).map { -$0 }
    case .magnitude(let term): return value(of: term)?.magnitude
    }
  }

  private func both(
    _ left: Term, _ right: Term, _ operation: (Figure, Figure) -> Figure
  ) -> Figure? {
    guard let left = value(of: left), let right = value(of: right) else { return nil }
    return operation(left, right)
  }

  func figure(_ place: Int) -> Figure { series.figure(series.points[place]) }

  /// Returns how far a value is above another one, as a share of that: a / b - 1.
  private static func relative(_ value: Figure, to base: Figure) -> Figure {
    value / base - Figure(.one)
  }

  /// Returns the rate that a move is measured against: by default that of the publication before.
  private func base(of window: Stretch?) -> Figure? {
    guard let window else { return previous.map(series.figure) }
    return origin(of: window).map(figure)
  }

  // MARK: Statistics

  private func statistic(_ name: String, of places: [Int], isTimed start: Int64?) -> Figure? {
    let figures = places.map(figure)
    switch name {
    case "min": return figures.min { ($0.printed ?? .zero) < ($1.printed ?? .zero) }
    case "max": return figures.max { ($0.printed ?? .zero) < ($1.printed ?? .zero) }
    default: break
    }
    // A rate is valid until the next one; in a window of publications each counts the same.
    let weights = places.map { place -> Ratio in
      guard let start else { return .one }
      let end = place < self.place ? series.points[place + 1].known : now
      return Ratio(end - max(start, series.points[place].known))
    }
    let total = weights.reduce(.zero, +)
    guard total > .zero else { return nil }
    func mean(_ values: [Ratio]) -> Ratio {
      zip(values, weights).reduce(.zero) { $0 + $1.0 * $1.1 } / total
    }
    let average = mean(figures.compactMap(\.printed))
    let low = mean(figures.compactMap(\.low))
    let high = mean(figures.compactMap(\.high))
    let averageFigure = Figure(printed: average, low: low, high: high)
    if name == "avg" { return averageFigure }
    let variance = mean(
      figures.compactMap(\.printed).map { ($0 - average) * ($0 - average) })
    // The deviation of a sum is at most the sum of the deviations (Minkowski), and that of errors at most
    // the root of their mean square.
    let error = mean(
      figures.map { figure in
        let half = ((figure.high ?? .zero) - (figure.low ?? .zero)) / Ratio(2)
        return half * half
      }
    ).squareRoot.high
    let root = variance.squareRoot
    let deviation = Figure(
      printed: root.low, low: max(.zero, root.low - error), high: root.high + error)
    return name == "stddev" ? deviation : (figure(place) - averageFigure) / deviation
  }

  // MARK: Cross rates

  /// Returns the rate of a pair from one or two pairs of the source, in either direction.
  private func cross(_ pair: String) -> Figure? {
    let codes = pair.split(separator: "/").map(String.init)
    if let direct = rate(codes[0], codes[1]) { return direct }
    let currencies = Set(siblings.keys.flatMap { $0.split(separator: "/").map(String.init) })
    for middle in currencies.sorted() where !codes.contains(middle) {
      if let first = rate(codes[0], middle), let second = rate(middle, codes[1]) {
        return first * second
      }
    }
    return nil
  }

  private func rate(_ base: String, _ quote: String) -> Figure? {
    siblings["\(base)/\(quote)"] ?? siblings["\(quote)/\(base)"].map { Figure(.one) / $0 }
  }
}
