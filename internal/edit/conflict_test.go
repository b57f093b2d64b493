package edit_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// conflictOf returns the conflict of an answer.
func conflictOf(t *testing.T, answer map[string]any) map[string]any {
	t.Helper()
	c, ok := answer["conflict"].(map[string]any)
	if !ok {
		t.Fatalf("no conflict: %v", answer)
	}
	return c
}

func TestConflictOfDifferentFields(t *testing.T) {
	d := open(t)
	was := d.read(ada)
	theirs := strings.Replace(string(was), "pronouns: she/her", "pronouns: they/them", 1)
	d.write(ada, theirs)
	body := map[string]any{"file": ada, "base": was, "values": map[string]any{"practice": "Another practice"}}
	answer, _ := d.post("save", body)
	c := conflictOf(t, answer)
	if string(d.read(ada)) != theirs {
		t.Fatal("the file was written")
	}
	fields := c["fields"].([]any)
	if len(fields) != 2 {
		t.Fatalf("the fields are %v", fields)
	}
	for _, one := range fields {
		f := one.(map[string]any)
		if f["both"] == true {
			t.Errorf("%v is said to be changed on both sides", f)
		}
	}
	body["theirs"] = c["theirs"]
	if answer, _ = d.post("save", body); answer["saved"] != true {
		t.Fatal(answer)
	}
	if got, want := string(d.read(ada)), strings.Replace(theirs, "practice: Example Shoreline Therapy", "practice: Another practice", 1); got != want {
		t.Errorf("joined in\n%s", changed([]byte(theirs), []byte(got)))
	}
}

func TestConflictOfOneField(t *testing.T) {
	d := open(t)
	was := d.read(ada)
	theirs := strings.Replace(string(was), "amount: 190", "amount: 200", 1)
	d.write(ada, theirs)
	mine := map[string]any{"fees": map[string]any{"individual": map[string]any{"amount": "210"}}, "practice": "Another practice"}
	body := map[string]any{"file": ada, "base": was, "values": mine}
	answer, _ := d.post("save", body)
	c := conflictOf(t, answer)
	found := false
	for _, one := range c["fields"].([]any) {
		if f := one.(map[string]any); f["path"] == "fees.individual.amount" {
			found = f["both"] == true && f["was"] == "190" && f["yours"] == "210" && f["theirs"] == "200"
		}
	}
	if !found {
		t.Errorf("the conflict is %v", c)
	}
	for _, keep := range []bool{true, false} {
		d.write(ada, theirs)
		body["theirs"], body["take"] = c["theirs"], map[string]bool{"fees.individual.amount": keep}
		if answer, _ = d.post("save", body); answer["saved"] != true {
			t.Fatal(answer)
		}
		want := "amount: 210"
		if keep {
			want = "amount: 200"
		}
		if text := string(d.read(ada)); !strings.Contains(text, want) || !strings.Contains(text, "practice: Another practice") {
			t.Errorf("keeping theirs %v: %s", keep, changed(was, []byte(text)))
		}
	}

	// It changed once more after it was shown.
	d.write(ada, strings.Replace(theirs, "amount: 200", "amount: 205", 1))
	if answer, _ = d.post("save", body); answer["conflict"] == nil {
		t.Errorf("a version that nobody saw was overwritten: %v", answer)
	}
}

func TestConflictOfAPage(t *testing.T) {
	const about = "content/about.md"
	d := open(t)
	was := d.read(about)
	d.write(about, string(was)+"\nTheir last words.\n")
	body := map[string]any{"file": about, "base": was, "values": map[string]any{"title": "About all of us"}, "body": "My words.\n"}
	answer, _ := d.post("save", body)
	c := conflictOf(t, answer)
	both := false
	for _, one := range c["fields"].([]any) {
		f := one.(map[string]any)
		both = both || f["path"] == "body" && f["both"] == true && strings.Contains(f["theirs"].(string), "Their last words") && f["yours"] == "My words."
	}
	if !both {
		t.Fatalf("the conflict is %v", c)
	}
	body["theirs"], body["take"], body["over"] = c["theirs"], map[string]bool{"body": true}, true
	if answer, _ = d.post("save", body); answer["saved"] != true {
		t.Fatal(answer)
	}
	if text := string(d.read(about)); !strings.Contains(text, "title: About all of us\n") || !strings.HasSuffix(text, "Their last words.\n") || strings.Contains(text, "My words") {
		t.Errorf("joined in\n%s", text)
	}
}

func TestConflictWithARemoval(t *testing.T) {
	d := open(t)
	was := d.read(ada)
	if err := os.Remove(filepath.Join(d.root, filepath.FromSlash(ada))); err != nil {
		t.Fatal(err)
	}
	body := map[string]any{"file": ada, "base": was, "values": map[string]any{"pronouns": "they/them"}}
	answer, _ := d.post("save", body)
	if conflictOf(t, answer)["gone"] != true {
		t.Fatal(answer)
	}
	body["gone"] = true
	if answer, _ = d.post("save", body); answer["saved"] != true {
		t.Fatal(answer)
	}
	if got := changed(was, d.read(ada)); got != "-pronouns: she/her\n+pronouns: they/them\n" {
		t.Errorf("written again with\n%s", got)
	}
}

func TestConflictOfWhatCannotBeRead(t *testing.T) {
	d := open(t)
	was := d.read(ada)
	d.write(ada, "name: [\n")
	body := map[string]any{"file": ada, "base": was, "values": map[string]any{"pronouns": "they/them"}}
	answer, _ := d.post("save", body)
	c := conflictOf(t, answer)
	if c["whole"] != true {
		t.Fatal(c)
	}
	body["theirs"] = c["theirs"]
	if answer, _ = d.post("save", body); answer["saved"] != true {
		t.Fatal(answer)
	}
	if got := changed(was, d.read(ada)); got != "-pronouns: she/her\n+pronouns: they/them\n" {
		t.Errorf("written with\n%s", got)
	}
}

// Nothing with an error is written before the person has said so, and nothing of it is lost.
func TestErrorsAreSaidFirst(t *testing.T) {
	d := open(t)
	before := d.read(ada)
	values := map[string]any{"contact": map[string]any{"email": "ada at example.org"}}
	answer := d.save(ada, values)
	if answer["saved"] == true || string(d.read(ada)) != string(before) {
		t.Fatalf("saved without a word: %v", answer)
	}
	problems := answer["problems"].([]any)
	if len(problems) != 1 || problems[0].(map[string]any)["field"] != "contact.email" {
		t.Errorf("the problems are %v", problems)
	}
	if answer = d.save(ada, values, "over", true); answer["saved"] != true || changed(before, d.read(ada)) != "-  email: ada@example.org\n+  email: ada at example.org\n" {
		t.Errorf("saved all the same: %v\n%s", answer, changed(before, d.read(ada)))
	}
}

// What is wrong stands at the field that it belongs to.
func TestProblemsAtTheirFields(t *testing.T) {
	d := open(t)
	for _, c := range []struct {
		values map[string]any
		field  string
		word   string
	}{
		{map[string]any{"headline": ""}, "headline", "“Headline” is needed"},
		{map[string]any{"name": map[string]any{"given": ""}}, "name.given", "Given name"},
		{map[string]any{"clients": []any{}}, "clients", "“Clients” is needed"},
		{map[string]any{"fees": map[string]any{"as_of": ""}}, "fees.as_of", "as of which day"},
		{map[string]any{"status": "activ"}, "status", "activ"},
		{map[string]any{"licenses": []any{map[string]any{"from": 0, "value": map[string]any{}}, map[string]any{"from": -1, "value": map[string]any{"state": "WA", "number": "5"}}}}, "licenses[1].type", "is needed"},
		{map[string]any{"insurance": []any{map[string]any{"from": 0, "value": map[string]any{"network": ""}}}}, "insurance[0].network", "etwork"},
		{map[string]any{"languages": []any{"en", "klingonish"}}, "languages[1]", "klingonish"},
		{map[string]any{"bio": "One <b>word</b>.\n"}, "bio", "HTML"},
		{map[string]any{"practising_since": "long ago"}, "practising_since", ""},
	} {
		answer, status := d.post("check", map[string]any{"file": ada, "base": d.read(ada), "values": c.values})
		found := false
		problems, _ := answer["problems"].([]any)
		for _, one := range problems {
			p := one.(map[string]any)
			found = found || p["field"] == c.field && p["severity"] == "error" && strings.Contains(p["message"].(string), c.word)
		}
		if !found {
			t.Errorf("%v: nothing at %s: %d %v", c.values, c.field, status, answer)
		}
	}
	answer, _ := d.post("check", map[string]any{"file": "content/about.md", "base": d.read("content/about.md"), "body": "See [this](nowhere.md).\n"})
	if problems := answer["problems"].([]any); len(problems) == 0 || problems[0].(map[string]any)["field"] != "body" {
		t.Errorf("a broken link: %v", problems)
	}
}
