import FXCore
import Testing

@Suite("The binary search")
struct BinarySearchTests {
  @Test("finds the first element of the second partition in every partitioned collection")
  func partitions() {
    for count in 0...20 {
      let elements = Array(0..<count)
      for boundary in 0...count {
        #expect(elements.partitioningIndex { $0 >= boundary } == boundary)
        #expect(elements[...].partitioningIndex { $0 >= boundary } == boundary)
        #expect((0..<count).partitioningIndex { $0 >= boundary } == boundary)
      }
    }
  }

  @Test("uses the indices of a slice")
  func slices() {
    let slice = [9, 9, 1, 3, 5, 9][2..<5]
    #expect(slice.partitioningIndex { $0 >= 3 } == 3)
    #expect(slice.partitioningIndex { $0 >= 6 } == slice.endIndex)
    #expect(slice.partitioningIndex { $0 >= 0 } == slice.startIndex)
  }

  @Test("reads a logarithmic number of elements")
  func cost() {
    var reads = 0
    let index = (0..<1_000_000).partitioningIndex { element in
      reads += 1
      return element >= 765_432
    }
    #expect(index == 765_432)
    #expect(reads <= 20)
  }
}
