package searchtest

import (
	"strings"
)

// The prose of the invented people. {x} stands for one of the words of x; it mentions what real
// bios mention: places, other people, and things that are concerns of somebody else.
var sentences = []string{
	"I came to this work after {years} years in {trade}.",
	"Most people who call me say the same thing first: they are not sure they are {normal} enough to need help.",
	"We begin with {begin}, and nobody has to say more than they want to.",
	"My office stands {where}, with {thing} in the window and {thing2} on the shelf.",
	"I grew up near {city} and learned {learned} from my {kin}.",
	"{kin2} taught me that {abstract} and {abstract2} are not opposites.",
	"Couples often come when {trouble}; some come years before that, and it is easier then.",
	"I trained with Dr. {family} at the {made} Institute and later at {made2} House.",
	"Between sessions I may ask you to {homework}.",
	"I use {tool}, {tool2} and a good deal of plain talk.",
	"There is {abstract} in almost every room I have worked in, and there is also {abstract2}.",
	"On {day} I teach at {made} College and see nobody.",
	"I like {hobby}, {hobby2} and long conversations about {abstract}.",
	"If {trouble}, please say so; it changes where we start.",
	"You can bring {bring}, or nothing at all.",
	"What you tell me stays in the room, which is the first thing I say and the last.",
	"I have sat with people through {hard}, {hard2} and the quiet after both.",
	"Some of my clients drive in from {city} or from the valley behind it.",
	"Nobody here will hurry you, and nobody will be shocked.",
	"I was once a {job}, and before that a {job2}; both taught me to listen.",
	"I keep a {made} lamp, two chairs and a view of the {water}.",
	"We look at what your body does, what your {kin} said about it, and what you would rather believe.",
	"When {trouble}, a small change in how you {verb} can be enough.",
	"I work slowly, with {tool}, and I explain everything before we try it.",
	"My own teacher, {given} {family}, used to say that {abstract} needs company.",
	"I write about {abstract} for a small paper in {city}.",
}

var slots = map[string][]string{
	"years":     words("three five seven nine eleven fourteen sixteen twenty"),
	"trade":     phrases("nursing, carpentry, the theatre, school counseling, midwifery, hospice care, software, the navy, farming, ministry, public health, a bakery, journalism, forestry, law, social services, teaching piano, physical therapy, the fishing fleet, a rape crisis line"),
	"normal":    words("troubled broken unhappy ordinary lost sick young old married desperate"),
	"begin":     phrases("tea, a few breaths, a drawing, a short history, the story you tell most often, silence, a list of worries, three plain questions, whatever happened this week, a map of your family, the last good day you remember"),
	"where":     phrases("above a bookshop, beside the ferry landing, behind the old library, on a hill, next to a bakery, by the river, over a bicycle shop, under tall cedars, near the courthouse, across from the market, at the end of a gravel lane"),
	"thing":     phrases("a fern, blue glass, a brass clock, river stones, a jar of shells, an old radio, pressed leaves, a paper crane, a wooden boat, lavender, a globe"),
	"thing2":    phrases("poetry, field guides, clay birds, maps, a chess set, candles, knitting, tide tables, photographs of lighthouses, sheet music, a kettle"),
	"learned":   phrases("patience, to swim in cold water, three languages, to mend nets, to ask twice, to cook for twelve, to keep quiet, the names of birds, to disagree kindly, to read faces, to wait for low tide"),
	"kin":       words("grandmother father mother aunt uncle sister brother neighbor godmother stepfather cousin"),
	"kin2":      phrases("A difficult marriage, My oldest friend, A patient supervisor, My first client, Twenty years of practice, A long illness, Raising twins, A congregation in trouble, My deaf brother"),
	"abstract":  words("desire grief humor trust shame play courage tenderness anger hope honesty freedom longing privacy faith curiosity pleasure attention rest forgiveness loyalty wonder"),
	"abstract2": words("closeness distance silence safety doubt joy boredom fear gentleness distance pride habit patience relief regret warmth loneliness laughter secrecy gratitude"),
	"trouble":   phrases("the talking has stopped, a baby has come, sex has become a chore, one of you has been ill, an affair came to light, menopause arrived without warning, you have moved across the country, someone lost a job, pain got in the way, faith and body do not agree, a diagnosis changed everything, the children have left, porn became a quarrel, medication changed your body, you are dating again after a long marriage"),
	"homework":  phrases("write a letter you will not send, take a slow walk together, touch without a goal, keep a small notebook, read one chapter aloud, turn off the phones at nine, make a list of what you like, sit with your back to a tree, notice when you hold your breath, plan an evening without plans"),
	"tool":      phrases("breathing, attachment theory, body scans, role play, old stories, emotion work, drawing, careful questions, mindfulness, systems thinking, humor, touch exercises, movement, guided imagery, dream work"),
	"tool2":     phrases("homework, clear agreements, letters, parts work, music, pacing, education, narrative, genograms, sand trays, couples dialogues, cognitive exercises, silence"),
	"day":       words("Mondays Tuesdays Wednesdays Thursdays Fridays"),
	"hobby":     phrases("rowing, mushrooms, choir, old films, bread, kites, woodcuts, bird counts, crosswords, contra dance, kayaks, quilts, beekeeping, chess, trail running"),
	"hobby2":    phrases("dogs, gardens, jazz, opera, ceramics, tide pools, bicycles, stargazing, letterpress, poetry, cold swims, orchards, baseball on the radio, detective novels"),
	"bring":     phrases("a partner, questions, a letter from your doctor, a friend, notes on your phone, your Bible, your dog, an interpreter, a blanket, the medication list, a photograph"),
	"hard":      phrases("cancer, divorce, war, infertility, a hard birth, betrayal, coming out at sixty, assault, unemployment, exile, addiction, the loss of a child, a wildfire"),
	"hard2":     phrases("widowhood, surgery, bankruptcy, chronic illness, a crisis of faith, retirement, transition, migration, caregiving, stroke, a move, estrangement, prison"),
	"job":       words("nurse carpenter teacher chaplain bartender translator dancer medic librarian firefighter gardener mechanic midwife"),
	"job2":      words("waiter deckhand student soldier potter cook courier tutor lifeguard printer sailor shepherd clerk"),
	"water":     words("bay river sound harbor lake marsh creek strait inlet reservoir"),
	"verb":      words("argue listen ask touch rest wait begin apologize refuse plan greet"),
}

func words(text string) []string   { return strings.Fields(text) }
func phrases(text string) []string { return strings.Split(text, ", ") }

// say fills the holes of a sentence.
func say(d dice, w *world, sentence string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(sentence, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		hole, after, _ := strings.Cut(rest, "}")
		sentence = after
		switch hole {
		case "city":
			b.WriteString(often(d, w.cities).name)
		case "given":
			b.WriteString(often(d, w.given))
		case "family":
			b.WriteString(often(d, w.family))
		case "made", "made2":
			b.WriteString(w.madeNames(d, 1)[0])
		default:
			b.WriteString(often(d, slots[hole]))
		}
	}
}

// prose is a bio of about 700 letters in two paragraphs.
func prose(d dice, w *world) string {
	var b strings.Builder
	for i, k := range d.Perm(len(sentences)) {
		if b.Len() > 600 {
			break
		}
		switch {
		case i == 4:
			b.WriteString("\n\n")
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(say(d, w, sentences[k]))
	}
	return b.String()
}

// headline is what stands on the card.
func headline(d dice) string {
	return say(d, nil, one(d, []string{
		"Plain talk about {abstract} and {abstract2}", "Room for {abstract}, time for {abstract2}", "For couples when {trouble}",
		"Slow work with {tool} and {tool2}", "{abstract2} after {hard2} is possible", "A quiet place to speak of {abstract}",
	}))
}
