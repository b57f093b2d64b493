// The planner: a notebook of hours that stays in this browser.
export {};
