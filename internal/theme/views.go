package theme

import (
	"html/template"
	"strings"
	"sync"

	"nwioi/internal/markdown"
	"nwioi/internal/output"
)

// The views: all that a template may see.
//
// A view is a comparable struct of finished values. Text is ready to be placed (dates written out,
// money with its sign, plurals right), URLs carry the path of the base URL, and lists are interned
// pointers. A template places values and decides only by "is there one"; it never computes.

// List is an interned, immutable list; templates range over .All.
type List[T comparable] = output.List[T]

// A Fragment is a piece of HTML that stands in many pages, such as a card: it is rendered once from
// its layout and view and then placed.
type Fragment struct {
	// Layout makes the fragment; View is what it sees.
	Layout *Layout
	View   any

	once sync.Once
	html template.HTML
	err  error
}

// FragmentKey is what makes two fragments the same one.
type FragmentKey struct {
	Layout *Layout
	View   any
}

// NewFragment returns the fragment of layout and view, the same one for equal arguments.
func NewFragment(p *output.Pool, layout *Layout, view any) *Fragment {
	return output.Memo(p, FragmentKey{layout, view}, func() *Fragment {
		return &Fragment{Layout: layout, View: view}
	})
}

// HTML returns the fragment's markup. A template that calls it stops with the layout's error.
func (f *Fragment) HTML() (template.HTML, error) {
	if f == nil {
		return "", nil
	}
	f.once.Do(func() {
		var b strings.Builder
		f.err = f.Layout.Render(&b, f.View)
		f.html = template.HTML(b.String())
	})
	return f.html, f.err
}

// A Body is rendered Markdown: the parsed document and what fills its holes (the targets of its
// links, its pictures, the facts it cites), in order.
type Body struct {
	Doc  *markdown.Doc
	Fill *List[string]
}

// Empty reports whether there is nothing to show.
func (b Body) Empty() bool { return b.Doc == nil }

// HTML returns the markup. The fill was escaped where it was made.
func (b Body) HTML() template.HTML {
	if b.Doc == nil {
		return ""
	}
	fill := b.Fill.All()
	return template.HTML(b.Doc.HTML(func(i int) string {
		if i < len(fill) {
			return fill[i]
		}
		return ""
	}))
}

// A Link leads to a page. Current is set where the link is the page itself or the section it is in.
type Link struct {
	Label, URL string
	Current    bool
}

// A Shared holds what every page of a site has in common.
type Shared struct {
	SiteTitle, SiteDescription string
	HomeURL, DirectoryURL      string
	Timezone                   string // of the site's days, such as America/Los_Angeles
	PathwayURL, NewsURL        string // empty where the site has no such page
	ConsumerHealthURL          string // the consumer health data notice; empty where there is none
	PrivacyURL                 string
	AtomURL, JSONFeedURL       string // empty where there is no news
	Stylesheet, FontURL        string // hashed assets; FontURL is preloaded, may be empty
	ShoreStyles                string // more styles: of pages that show the line and its steps
	GuideStyles                string // of the guide: steps with their tasks, requirements
	FinderStyles               string // of lists of people
	ProfileStyles              string // of a person's page
	LaterStyles                string // of what a script adds to a list; loaded by it
	SupervisorStyles           string // of the list of supervisors
	PlannerStyles              string // of the planner
	MonthStyles                string // of a month of dates
	Icon, TouchIcon            string // favicon (SVG) and apple-touch-icon (PNG)
	ShareImage                 string // absolute URL of the default share image
}

// A HeaderView is the site's header; one is shared by all pages of a section.
type HeaderView struct {
	Site   *Shared
	Menu   *List[Link]
	Search Link // the search of the whole site
}

// A FooterView is the site's footer, shared by all pages.
type FooterView struct {
	Site    *Shared
	Menu    *List[Link]
	Contact *List[ContactItem] // of the institute; empty: not announced
}

// A Frame is what stands around the content of a page.
type Frame struct {
	Site        *Shared
	Title       string // of the document: the page's title and the site's
	Description string
	Canonical   string // absolute URL
	NoIndex     bool   // search engines are asked not to list the page
	Header      *Fragment
	Footer      *Fragment
	Crumbs      *List[Link] // from home to this page; empty on the home page
	JSONLD      template.JS // schema.org description; empty: none
	Script      string      // URL of the page's script; empty: the page needs none
	OpenGraph   string      // og:type: website, article or profile
	Image       string      // absolute URL of the share image, 1200 by 630 pixels
	ImageAlt    string      // what it shows, in words
	Drafts      bool        // the page is a draft shown in a preview
}

// A Review says when a page was last looked over and by whom. Empty strings are not known.
type Review struct {
	Owner                 string
	Reviewed, ReviewedISO string // "20 November 2026", "2026-11-20"
	Next, NextISO         string
	Updated, UpdatedISO   string
	Uncommitted           bool // edited since the last commit; in the live preview only
	Overdue               bool // the next review's date has passed
}

// A Source is where a figure on the page comes from.
type Source struct {
	What        string // the fact, in words: "21 CEUs"
	From        string // the source's name
	URL         string // empty where the source is not on the web
	AsOf        string // "as of October 2020"
	UnderReview bool   // not confirmed since
}

// A PageView is an ordinary page of prose.
type PageView struct {
	Frame
	Heading  string // the page's H1
	Lead     string // the summary
	Body     Body
	Contents *List[Link] // the headings, where there are enough to need a list
	Review   Review
	AsOf     string // "as of October 2020, being reviewed"; empty where nothing is under review
	Sources  *List[Source]
}

// A HomeView is the first page.
type HomeView struct {
	PageView
	Steps    *List[StepLink]
	Dates    *List[DateLine] // next dates; empty: not announced
	News     *List[PostLink] // the latest three
	People   int             // practitioners listed
	Concerns *List[Link]     // the most common concerns, each to its facet page
}

// A StepLink is one of the steps on the shoreline rail.
type StepLink struct {
	Number       int
	Title, Short string
	Summary      string
	URL          string
	Cost, Length string // what it costs and how long it takes, in words
	Current      bool
	Tasks        *List[Task] // what it asks; nil on the first page of the site
}

// A Task is a requirement in the list of what a step asks.
type Task struct {
	Joint string // "and" or "or": how it goes with the one before; empty for the first
	Title string
	URL   string          // of what explains it
	Takes string          // "21 CEUs · ask about the price · one weekend"; empty: nothing to say
	Who   string          // "social workers, psychologists and counselors", whom alone it concerns; empty: everyone
	Parts *List[TaskPart] // what it is made of
}

// A TaskPart is a requirement that bounds a part of another one, such as the half that is individual.
type TaskPart struct{ Title, URL, Takes string }

// A PathwayView is the overview of the steps.
type PathwayView struct {
	PageView
	Steps *List[StepLink]
	Tools *List[Link] // "Where am I?", the planner, the guide on one page
	Rules *List[Link] // the sets whose requirements are not all in a step
}

// A RulesView is what one issuer asks, requirement by requirement.
type RulesView struct {
	PageView
	About  RequirementGroup        // the set; without its requirements
	Groups *List[RequirementGroup] // those of everyone, and of each track
	Tools  *List[Link]
}

// A WhereView is a page of "where am I?": a question, or the reader's own list.
type WhereView struct {
	PageView
	Question Question         // the next one, its answers as links; empty where everything is answered
	Given    *List[Given]     // what was answered so far
	Groups   *List[TaskGroup] // the reader's own list; on the first page its parts, empty
	Tools    *List[Link]
	// On the first page, for its script:
	Data      string          // URL of the rules as JSON
	Questions *List[Question] // all of them
	Tasks     *List[OwnTask]  // every task there is
}

// A Given is a question that was answered.
type Given struct {
	Ask, Answer string
	URL         string // of the page that asks it
}

// A TaskGroup is the part of a reader's own list that stands in one way.
type TaskGroup struct {
	ID    string // done, now, later or not
	Title string
	Lead  string
	None  string // what is said where there is no task; empty: the group is left out then
	Tasks *List[OwnTask]
}

// An OwnTask is a task in a reader's own list.
type OwnTask struct {
	Task
	Ref     string // "set/requirement"
	OneOf   string // the same for alternatives to each other
	Step    int    // its number
	StepURL string
	Why     string // why it cannot start yet, or does not concern the reader
	Starts  string // "Starts when you have your degree."; for the script
	Only    string // "Only for social workers."; for the script
}

// A PrintView is the whole guide on one page.
type PrintView struct {
	PageView
	Steps *List[PrintedStep]
	Rules *List[Link] // the sets whose requirements are not all in a step
}

// A PrintedStep is one step of the guide on one page.
type PrintedStep struct {
	StepLink
	ID           string // anchor
	Asks         string
	CountsTwice  string
	Background   *List[Background]
	Today        *List[string]
	Text         template.HTML // its words; their headings and anchors are those of a part of the page
	Requirements *List[RequirementGroup]
}

// A StepView is one step of the pathway.
type StepView struct {
	PageView
	Number       int
	Of           int // how many steps there are
	Steps        *List[StepLink]
	Asks         string // what this step asks, in a sentence
	Cost, Length string
	CountsTwice  string
	Background   *List[Background]
	Today        *List[string] // what to do today
	Requirements *List[RequirementGroup]
	Courses      *List[CourseCard]
	Previous     Link
	Next         Link
	Tools        *List[Link] // "Where am I?", the planner, the guide on one page
}

// A PlannerView is the notebook of hours: the forms that a script brings to life, and what stands there without it.
type PlannerView struct {
	PageView
	Data      string // URL of the rules, the courses and the awards as JSON
	Goals     *List[Goal]
	Questions *List[Question]
	Guide     *List[Link] // what can be read and printed without a script
	Blank     *List[int]  // the numbers of the lines of an empty log
}

// A Goal is one certificate or licence that hours can count toward.
type Goal struct {
	Series string // the same for the sets that replace each other over time
	Name   string
	Issuer string
	AsOf   string // "as of October 2020"
	Notice string // "check the current rules"
	Tracks *List[FormOption]
	Asks   *List[FactLine] // what it asks, in short; Value is empty where it is no figure
}

// A Question is one that "where am I?" asks.
type Question struct {
	ID, Ask, Hint string
	Several       bool // more than one answer can be given
	Later         bool // asked only after certain answers to those before
	Answers       *List[FormOption]
}

// A Background says what changes for a reader of one profession.
type Background struct{ Who, What string }

// A RequirementGroup is the requirements of one set that concern a page.
type RequirementGroup struct {
	ID                   string // anchor of the group, where a page shows more than one
	Set, Issuer, Version string
	URL                  string // of the set's own page; empty: it has none
	Notice               string // "check the current rules"
	Contracts            string // "contracts signed from 1 January 2025 on"; empty: it does not say
	AsOf                 string // "as of October 2020"
	UnderReview          bool
	Source               string
	SourceURL            string
	Items                *List[Requirement]
}

// A Requirement is one thing that is asked.
type Requirement struct {
	ID, Title, Explanation string        // ID is its anchor on the page
	Here                   string        // the link to its anchor
	Joint                  string        // "or" where it is an alternative to the one before
	Target                 string        // "50 hours", "21 CEUs"
	Figures                *List[string] // "at least 25 of the 50 hours", "at least 18 months"
	Cost                   string        // "ask about the price"; empty: no cost of its own
	Who                    string        // whom alone it concerns; empty: everyone
	AlsoCounts             *List[string]
	Needs                  *List[Link] // what comes first
	Starts                 string      // "you have your degree", without which it cannot start
	Course                 Link
	Reviewed, ReviewedISO  string
	AsOf                   string // "as of October 2020"
	UnderReview            bool
	Changes                *List[Change] // the latest first
}

// A Change is an entry of a requirement's history.
type Change struct{ On, ISO, What string }

// A CourseCard is a course in a list.
type CourseCard struct {
	Name, URL, Summary string
	Credits            string // "21 CEUs"
	Format, Usual      string
	Next               string // next dates or "Dates not announced"
	NextISO            string // their last day, ISO 8601; empty: not announced
	UnderReview        string // "as of October 2020, being reviewed"
}

// A CoursesView lists the courses.
type CoursesView struct {
	PageView
	Courses *List[CourseCard]
}

// A CourseView is one course.
type CourseView struct {
	PageView
	Short  string
	Facts  *List[FactLine]
	Covers *List[string]
	Coming *List[Instance] // empty: dates not announced
	Past   *List[Instance]
	Awards *List[Award]
	SignUp string // URL; empty: not announced
	Step   Link
}

// A FactLine is a labelled figure with its date.
type FactLine struct {
	Label, Value string
	AsOf         string // "as of October 2020"
	UnderReview  bool
}

// An Instance is a course held at one time.
type Instance struct {
	ID          string // anchor
	Dates       string // "9–13 November 2020"
	StartISO    string // ISO 8601; empty where the days are not known
	EndISO      string
	Time        string // "6:30–8:00 pm, Pacific time"; empty: whole days
	Format      string
	Place       string
	Status      string // "Open for sign-up", "Held", "Cancelled", "Announced"
	Note        string
	SignUp      string // URL; empty: not announced
	CalendarURL string // the .ics of this instance; empty where the days are not known or have passed
}

// An Award is help with tuition.
type Award struct {
	Name, URL, Amount, For, HowToApply, Deadline string
	AsOf                                         string
	UnderReview                                  bool
	Expired                                      bool // the award has ended
	Closed                                       bool // the last day to apply has passed
}

// A DateLine is one coming date on the home page.
type DateLine struct {
	What, URL, Dates, ISO, EndISO string
}

// A Picture is an image in a few widths.
type Picture struct {
	Src, Srcset   string // hashed files; Srcset with widths
	Width, Height int    // of Src, in pixels
	Alt, Credit   string
}

// An Availability is what a practitioner says about taking clients, and since when.
type Availability struct {
	State     string // open, waitlist, closed, unconfirmed: for styling and for filters
	Label     string // "Taking new clients"
	Confirmed string // "confirmed 3 November 2026", "not confirmed since 2 July 2026"
	ISO       string // the day it was confirmed
	Stale     bool   // older than the published limit
	Until     string // the last day on which Confirmed holds, ISO 8601; empty: it holds on
	Then      string // what replaces Confirmed afterwards
	Times     string // "days, evenings"
	Note      string
}

// A Card is one practitioner in a list.
type Card struct {
	ID, URL      string
	Name         string
	Letters      string // "PhD, LMFT, CST", without a leading comma
	Pronouns     string
	Headline     string
	Mark         template.HTML // the generated mark, where there is no photo
	Photo        Picture       // Src is empty where there is none
	Concerns     *List[string] // at most three, in plain words
	Place        string        // "Tacoma, WA", "By video only"
	Video        string        // "by video in WA, OR"; empty: none
	Availability Availability
	Fee          string // "$160–$190 a session", "Ask about fees"
	Sample       bool   // an invented person: the card says so
}

// A ListingView is a page of the directory or of one facet value.
type ListingView struct {
	PageView
	Cards       *List[*Fragment]
	Count       int
	CountText   string // "24 people"
	Page, Pages int    // from 1
	PageLinks   *List[Link]
	Previous    Link // URL is empty on the first page
	Next        Link
	OrderURL    string // how results are ordered
	Formal      string // the clinical name of a concern; empty: none
	Related     *List[Link]
	Form        *Fragment    // the search form, on /directory/ itself; nil on others
	ReferralURL template.URL // mailto: that asks the institute for a referral; empty where it has no address
}

// A SearchView is the page that searches the whole site. Without scripts it is a list of what is here.
type SearchView struct {
	PageView
	Index     string            // URL of the search index's root file
	Kinds     *List[FormOption] // the form's answers to "what kind of page?"
	Groups    *List[FoundGroup]
	CountText string // "38 pages"
}

// A FoundGroup is the pages of one kind.
type FoundGroup struct {
	Title string
	Found *List[Found]
	More  Link // to the rest; URL is empty where all are here
}

// A Found is one result of the site's search: a page or a part of one.
type Found struct {
	Label      string // what stands above the title: "Step 2", the day of a post, the page a part belongs to
	Title, URL string
	Summary    string
}

// An OverviewView leads to every listing of one facet, such as all languages.
type OverviewView struct {
	PageView
	Links *List[CountedLink] // those with most people first
}

// A FormView is the directory's search form. Its controls have the names of the fragment's keys.
type FormView struct {
	Site     *Shared
	Action   string // the directory's URL
	Index    string // URL of the search index's root file
	Groups   *List[FormGroup]
	Today    string // ISO day of the build
	PageSize int
}

// A FormGroup is one question of the form.
type FormGroup struct {
	Key     string // "concern"
	Legend  string // "What would you like help with?"
	Kind    string // "any" (checkboxes), "one" (a select), "number", "zip" (five digits)
	Hint    string
	Options *List[FormOption] // of a facet with very many values: the most used
	More    Link              // "All 22 languages", to the page that leads to each; empty: all are here
}

// A FormOption is one answer.
type FormOption struct {
	Value, Label, Formal string
	URL                  string // of the page that lists them; empty where there is none
	Count                int    // practitioners with it
}

// A LinkGroup is links under one title.
type LinkGroup struct {
	Title string
	Links *List[CountedLink]
}

// A CountedLink leads to a listing and says how many it lists.
type CountedLink struct {
	Label, URL string
	Count      int
}

// A ContactItem is one way to reach somebody.
type ContactItem struct {
	Kind      string       // phone, email, website, booking
	Label     string       // "Phone"
	Text      string       // "(206) 555-0101"
	URL       template.URL // tel:, mailto: or https
	Hint      string       // "opens your mail app"
	Preferred bool
}

// A License is one licence line of a profile.
type License struct {
	Letters, Title string // "LMFT", "Licensed Marriage and Family Therapist"
	State, Number  string
	Associate      bool
	Supervisor     string
	Expires        string // "valid to 28 February 2028"
	Expired        bool   // expired licences are shown as such and never counted
	Verified       string // "checked 1 September 2026"; empty: not checked by the institute
	VerifyURL      string
}

// A Certification is one certification line of a profile.
type Certification struct {
	Letters, Title, Since, Expires, Verified string
	Expired                                  bool
}

// A Location is an office.
type Location struct {
	Label, Street, City, State, Zip, Accessibility string
	Approximate                                    string // "the exact address is given when you book"
	URL                                            string // the city's facet page
}

// A ProfileView is one practitioner's page.
type ProfileView struct {
	PageView
	Card           Card
	Paused         bool   // says so, and shows no way to book
	Alumni         bool   // name and dates only
	Membership     string // "CIIP since 2018", "CIIP 2016–2021"
	Pronunciation  string
	FirstSession   Body
	Contact        *List[ContactItem]
	ResponseTime   string
	Facets         *List[LinkGroup] // concerns, approaches, communities, languages …
	Licenses       *List[License]
	Compacts       *List[string]
	Certifications *List[Certification]
	Telehealth     string // "Washington and Oregon"
	InPerson       bool
	Locations      *List[Location]
	Fees           *List[FactLine]
	FeesAsk        bool
	Superbill      bool
	Insurance      *List[Insurance]
	Supervises     *List[string] // what supervision is offered, in sentences
	SupervisorsURL string        // where the person stands among the supervisors; empty: nowhere
	Practice       string
	Since          string // "practising since 2009"
	Training       *List[string]
	Websites       *List[Link]
	Identity       *List[FactLine]
	Events         *List[EventLine]
	VCardURL       string
	ReportURL      template.URL // mailto: "report a problem with this listing"; empty: no address known
	LastConfirmed  string
	StaleRecord    bool // not confirmed for longer than the published limit
}

// An Insurance is one plan of a profile.
type Insurance struct {
	Plan, Network, Confirmed string // "In network", "confirmed 10 June 2026"
	URL                      string // the plan's facet page
}

// A SupervisorsView lists who supervises.
type SupervisorsView struct {
	PageView
	CountText  string                 // "5 supervisors"
	Groups     *List[SupervisorGroup] // by whether there is a free place
	Questions  *List[FormGroup]       // by which the list can be narrowed; without scripts each answer leads to its list
	Lists      *List[SupervisorList]  // of each answer
	Twice      *List[HoursLine]       // which hours can count twice
	Rules      *List[RuleSource]      // by which rules
	AskURL     string                 // how supervision counts, and what to ask; empty: no such page
	ContactURL string
}

// A SupervisorGroup is the supervisors who are alike in whether they have a free place.
type SupervisorGroup struct {
	ID, Title   string
	Supervisors *List[Supervisor]
}

// A SupervisorList names the supervisors with one answer, each with a link to where they stand on the page.
type SupervisorList struct {
	ID, Title string
	People    *List[Link]
}

// A Supervisor is one line of that list.
type Supervisor struct {
	ID, Anchor         string
	Name, Letters, URL string
	Mark               template.HTML // the generated mark, where there is no photo
	Photo              Picture
	Approvals          string // "AASECT and AAMFT"
	States             string
	Formats            string
	Seats              string
	Confirmed          string // when the person last said that all this is right: "9 November 2026"
	Stale              bool
	Fee                string
	Hours              *List[HoursLine]
	Sample             bool
	// The values by which the list is narrowed, parted by spaces: keys of the page's fragment.
	ApprovedKeys, StateKeys, SessionKeys, FormatKeys, FreeKeys string
}

// An HoursLine says for whom hours of supervision count, and toward what.
type HoursLine struct {
	Twice bool   // one hour counts for two
	Text  string // a sentence
}

// A RuleSource is a set of requirements by which hours are counted; the link leads to what it says of them.
type RuleSource struct {
	Link
	AsOf        string
	UnderReview bool
	Notice      string // "check the current rules"
}

// A NewsView lists posts; also the posts of one tag.
type NewsView struct {
	PageView
	Posts       *List[PostLink]
	Page, Pages int
	Previous    Link
	Next        Link
	Tags        *List[CountedLink]
}

// A PostLink is a post in a list.
type PostLink struct {
	Title, URL, Summary, Date, ISO string
}

// A PostView is a dated post.
type PostView struct {
	PageView
	Date, ISO string
	Tags      *List[Link]
	Newer     Link
	Older     Link
}

// An EventLine is an event in a list.
type EventLine struct {
	Title, URL, Dates, ISO, EndISO, By, Place string

	Time              string // "6:30–8:00 pm, Pacific time"; empty: whole days
	Cancelled, Sample bool
}

// An EventsView lists events.
type EventsView struct {
	PageView
	Coming      *List[EventLine]
	Past        *List[EventLine]
	Months      *List[Link] // pages of the months that have dates, the latest last
	CalendarURL string
}

// A MonthView shows the dates of one month as a calendar does.
type MonthView struct {
	PageView
	Month          string // "November 2020"
	Weekdays       *List[string]
	Weeks          *List[Week]
	Previous, Next Link
}

// A Week is a row of a month: Sunday to Saturday.
type Week struct{ Days *List[Day] }

// A Day is a cell of a month. Number is empty where the day belongs to another month.
type Day struct {
	Number, ISO string
	Weekday     string // "Monday"
	Dates       *List[DayDate]
}

// A DayDate is something that takes place on a day.
type DayDate struct {
	Title, URL        string
	Cancelled, Sample bool
}

// An EventView is one event.
type EventView struct {
	PageView
	Event                 EventLine
	ByURL                 string
	Format, Price, Status string
	SignUp                string
	CalendarURL           string
	Over                  bool
}

// A NotFoundView is the page for an address that does not exist.
type NotFoundView struct {
	PageView
}

// A RedirectView is the page at a former address.
type RedirectView struct {
	Site      *Shared
	Title     string
	Target    string // path of the new address
	Canonical string
}

// Indexable returns the page's address and whether search engines may list it.
func (f Frame) Indexable() (canonical string, ok bool) { return f.Canonical, !f.NoIndex }
