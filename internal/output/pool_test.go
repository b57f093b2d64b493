package output

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Two lists of a pool are one pointer if, and only if, their elements are equal; across builds too.
func TestListsAreInterned(t *testing.T) {
	lists := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, 2), 0, 4), 1, 20)
	rapid.Check(t, func(t *rapid.T) {
		p := NewPool()
		var kept []*List[int]
		for _, items := range lists.Draw(t, "lists") {
			l := NewList(p, items...)
			if !slices.Equal(l.All(), items) && len(items) > 0 || l.Len() != len(items) {
				t.Fatalf("%v became %v", items, l.All())
			}
			for _, other := range kept {
				if (l == other) != slices.Equal(l.All(), other.All()) {
					t.Fatalf("%v and %v are one pointer: %t", l.All(), other.All(), l == other)
				}
			}
			kept = append(kept, l)
		}
		p.Next()
		for _, l := range kept {
			if NewList(p, l.All()...) != l {
				t.Fatalf("%v is another list in the next build", l.All())
			}
		}
	})
}

// What nobody asks for is kept while little else is made, since it may be a part of what is asked for as a
// whole; it is forgotten when much is, and what every build asks for never.
func TestPoolForgets(t *testing.T) {
	p := NewPool()
	const parts = 100
	var lists [parts]*List[int]
	for i := range lists {
		lists[i] = NewList(p, i)
	}
	v := Intern(p, "asked for")
	for range 5 {
		p.Next()
		if Intern(p, "asked for") != v {
			t.Fatal("what every build asks for is forgotten")
		}
	}
	if NewList(p, 7) != lists[7] {
		t.Error("a part that nobody asked for meanwhile is forgotten though nothing else was made")
	}
	for i := range 20 * parts {
		p.Next()
		if Intern(p, "asked for") != v {
			t.Fatal("what every build asks for is forgotten")
		}
		NewList(p, -i, 1)
	}
	if n := len(p.current) + len(p.last); n > 2*parts {
		t.Errorf("the pool keeps %d lists of which nobody asks for more than one", n)
	}
	if NewList(p, 7) == lists[7] {
		t.Error("a list came back")
	}
}

// A list of another type is another list, and the caller's slice stays the caller's.
func TestListsAreTheirOwn(t *testing.T) {
	p := NewPool()
	type word string
	if any(NewList(p, "a")) == any(NewList(p, word("a"))) {
		t.Error("lists of two types are one")
	}
	items := []string{"a", "b"}
	l := NewList(p, items...)
	items[0] = "changed"
	if l.All()[0] != "a" {
		t.Error("a list changes with the slice it was made of")
	}
	if NewList[int](p) != nil || (*List[int])(nil).Len() != 0 || (*List[int])(nil).All() != nil {
		t.Error("the empty list is not nil")
	}
	if NewList[int](nil, 1) == NewList[int](nil, 1) {
		t.Error("without a pool something is interned")
	}
}

func TestMemo(t *testing.T) {
	p := NewPool()
	calls := 0
	ask := func(key any) int {
		return Memo(p, key, func() int { calls++; return calls })
	}
	type other struct{ n int }
	if ask(1) != 1 || ask(1) != 1 || ask(2) != 2 || ask(other{1}) != 3 {
		t.Error("equal keys, and only those, give what was computed before")
	}
	p.Next()
	if ask(1) != 1 {
		t.Error("the next build computes again")
	}
	for i := range 20 {
		p.Next()
		Memo(p, -i, func() int { return 0 })
	}
	if ask(1) != 4 {
		t.Error("what nobody asked for while much was made is kept")
	}
	if Memo[int](nil, 1, func() int { return 9 }) != 9 {
		t.Error("without a pool nothing is computed")
	}
}
