package output

import (
	"hash/maphash"
	"slices"
	"sync"
)

// A Pool gives equal contents one identity, from build to build, so that views which hold a list by
// pointer still compare equal while the list's content is unchanged. A missed intern costs one
// render and can never show something stale.
//
// What was computed is often asked for as a whole, and then nobody asks for its parts until one of them
// changes. A Pool therefore forgets late: only after so much was made that it would grow by a quarter, and
// then what was not asked for since the last time that it forgot. Call Next between builds. A Pool is safe
// for concurrent use.
type Pool struct {
	mu            sync.Mutex
	seed          maphash.Seed
	current, last map[uint64][]any // by hash; each value is a *List[T] or another interned pointer
	memo, old     map[any]any
	fresh         int // how much was made since the last turn
}

// NewPool returns an empty pool.
func NewPool() *Pool {
	return &Pool{
		seed:    maphash.MakeSeed(),
		current: map[uint64][]any{}, last: map[uint64][]any{},
		memo: map[any]any{}, old: map[any]any{},
	}
}

// Next begins a new build, and forgets where it is time to.
func (p *Pool) Next() {
	p.mu.Lock()
	defer p.mu.Unlock()
	const quarter = 4
	if p.fresh*quarter <= len(p.last)+len(p.old) {
		return
	}
	p.fresh = 0
	p.last, p.current = p.current, make(map[uint64][]any, len(p.current))
	p.old, p.memo = p.memo, make(map[any]any, len(p.memo))
}

// A List is an immutable list that was interned: two lists of one Pool with equal elements are the
// same pointer. The nil List is the empty one, so an empty list needs no pool.
type List[T comparable] struct{ items []T }

// All returns the elements for ranging over. Do not modify them.
func (l *List[T]) All() []T {
	if l == nil {
		return nil
	}
	return l.items
}

// Len returns the number of elements.
func (l *List[T]) Len() int { return len(l.All()) }

// NewList returns the list of items, interned in p. A nil pool interns nothing, for tests.
func NewList[T comparable](p *Pool, items ...T) *List[T] {
	if len(items) == 0 {
		return nil
	}
	if p == nil {
		return &List[T]{slices.Clone(items)}
	}
	var h maphash.Hash
	h.SetSeed(p.seed)
	for _, item := range items {
		maphash.WriteComparable(&h, item)
	}
	return intern(p, h.Sum64(),
		func(l *List[T]) bool { return slices.Equal(l.items, items) },
		func() *List[T] { return &List[T]{slices.Clone(items)} })
}

// Intern returns a pointer to v that is the same for equal values, for a view that many others
// hold: they compare one pointer instead of all its fields.
func Intern[T comparable](p *Pool, v T) *T {
	if p == nil {
		return &v
	}
	var h maphash.Hash
	h.SetSeed(p.seed)
	maphash.WriteComparable(&h, v)
	return intern(p, h.Sum64(), func(old *T) bool { return *old == v }, func() *T { return &v })
}

func intern[P any](p *Pool, sum uint64, equal func(*P) bool, make func() *P) *P {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, known := range p.current[sum] {
		if k, ok := known.(*P); ok && equal(k) {
			return k
		}
	}
	for _, known := range p.last[sum] {
		if k, ok := known.(*P); ok && equal(k) {
			p.current[sum] = append(p.current[sum], k)
			return k
		}
	}
	fresh := make()
	p.current[sum] = append(p.current[sum], fresh)
	p.fresh++
	return fresh
}

// Memo returns what compute returned for an equal key, in this build or one before that is not yet
// forgotten, or calls it.
// The key must hold everything that compute depends on; it is compared with ==. A nil pool always
// computes.
func Memo[K comparable, V any](p *Pool, key K, compute func() V) V {
	if p == nil {
		return compute()
	}
	p.mu.Lock()
	found, ok := p.memo[key]
	if !ok {
		if found, ok = p.old[key]; ok {
			p.memo[key] = found
		}
	}
	p.mu.Unlock()
	if ok {
		return found.(V)
	}
	v := compute()
	p.mu.Lock()
	p.memo[key] = v
	p.fresh++
	p.mu.Unlock()
	return v
}
