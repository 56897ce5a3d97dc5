import Testing

@testable import Terminal

@Suite
struct GeometryTests {
    @Test
    func sizesAreNeverNegative() {
        #expect(Size(width: -3, height: 2) == Size(width: 0, height: 2))
        #expect(Size(width: 120, height: 40).description == "120x40")
    }

    @Test(arguments: [
        ("inside", Rect(x: 1, y: 1, width: 2, height: 2), Rect(x: 1, y: 1, width: 2, height: 2)),
        ("over the corner", Rect(x: 8, y: 4, width: 9, height: 9), Rect(x: 8, y: 4, width: 2, height: 1)),
        ("from outside", Rect(x: -5, y: -1, width: 7, height: 2), Rect(x: 0, y: 0, width: 2, height: 1)),
        ("endless", Rect(x: 3, y: .min, width: .max, height: .max), Rect(x: 3, y: 0, width: 7, height: 0)),
    ])
    func intersection(name: String, rect: Rect, expected: Rect) {
        #expect(rect.intersection(Rect(x: 0, y: 0, width: 10, height: 5)) == expected)
    }

    @Test
    func distantRectanglesShareNothing() {
        #expect(Rect(x: 0, y: 0, width: 2, height: 2).intersection(Rect(x: 5, y: 0, width: 2, height: 2)).isEmpty)
    }

    @Test(arguments: [(1, Rect(x: 3, y: 4, width: 4, height: 1)), (2, Rect(x: 4, y: 5, width: 2, height: 0))])
    func inset(margin: Int, expected: Rect) {
        #expect(Rect(x: 2, y: 3, width: 6, height: 3).inset(by: margin) == expected)
    }

    @Test
    func contains() {
        let rect = Rect(x: 2, y: 3, width: 2, height: 1)
        #expect(rect.contains(Point(x: 3, y: 3)))
        #expect(!rect.contains(Point(x: 4, y: 3)))
    }
}
