package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	pages "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// chromium is one browser for all tests of the package, started when the first asks for it.
var chromium = sync.OnceValues(func() (context.Context, error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, fmt.Errorf("no Chromium here: run scripts/setup-test")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(filepath.Join(builtDemo, "profile")),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "vi"))
	ctx, _ := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, stopBrowser = chromedp.NewContext(ctx)
	return ctx, chromedp.Do(ctx)
})

// stopBrowser ends the browser, if one was started.
var stopBrowser context.CancelFunc

// hand is a person at a browser window. acts counts what she does: a click, a key chord, a field filled (quality.md 4.2).
type hand struct {
	t    *testing.T
	ctx  context.Context
	url  string
	acts int

	mu    sync.Mutex
	wrong []string
}

// browse opens a window of a size on the site. Whatever the browser complains of fails the test at its end: exceptions, blocked
// content, dialogs, and requests to anywhere else.
func (w *site) browse(width, height int64) *hand {
	t := w.t.(*testing.T)
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests run without -short")
	}
	browser, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(w.engine)
	t.Cleanup(server.Close)
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 15*time.Minute)
	t.Cleanup(cancel)
	h := &hand{t: t, ctx: ctx, url: server.URL}
	if err := chromedp.Listen(ctx, h.hear); err != nil {
		t.Fatal(err)
	}
	h.do(chromedp.EmulateViewport(width, height))
	t.Cleanup(func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, what := range h.wrong {
			t.Errorf("the browser complains: %s", what)
		}
	})
	return h
}

// hear collects complaints.
func (h *hand) hear(event any) {
	complain := func(format string, args ...any) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.wrong = append(h.wrong, fmt.Sprintf(format, args...))
	}
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		complain("exception: %s", e.ExceptionDetails.Text)
	case *pages.EventJavascriptDialogOpening:
		complain("dialog: %s", e.Message)
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" && !strings.Contains(e.Entry.Text, "the server responded with a status of") {
			complain("%s: %s", e.Entry.Source, e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, h.url) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") && !strings.HasPrefix(u, "chrome") && u != "about:blank" {
			complain("a request to %s", u)
		}
	}
}

func (h *hand) do(steps ...chromedp.Action[chromedp.Void]) {
	h.t.Helper()
	if err := chromedp.Do(h.ctx, steps...); err != nil {
		h.picture("failed")
		h.t.Fatalf("%v\n%s", err, h.text())
	}
}

// open goes to an address; that is no act.
func (h *hand) open(path string) {
	h.t.Helper()
	h.do(chromedp.Navigate(h.url + path))
}

// press clicks something that leads to another page.
func (h *hand) press(selector string) {
	h.t.Helper()
	h.acts++
	ctx, cancel := context.WithTimeout(h.ctx, 2*time.Minute)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		h.picture("failed")
		h.t.Fatalf("press %s: %v\n%s", selector, err, h.text())
	}
}

// tap clicks something that stays on the page.
func (h *hand) tap(selector string) {
	h.t.Helper()
	h.acts++
	h.do(chromedp.Click(chromedp.CSS(selector)))
}

// fill puts text into an input, or chooses an option of a menu.
func (h *hand) fill(selector, text string) {
	h.t.Helper()
	h.acts++
	set := fmt.Sprintf(`(() => { const f = document.querySelector(%s); f.focus(); f.value = %s;
		f.dispatchEvent(new Event("input", {bubbles: true})); f.dispatchEvent(new Event("change", {bubbles: true})); return true })()`, quote(selector), quote(text))
	h.do(chromedp.WaitVisible(chromedp.CSS(selector)))
	if _, err := chromedp.Run(h.ctx, chromedp.Evaluate[bool](set)); err != nil {
		h.t.Fatalf("fill %s: %v", selector, err)
	}
}

// keys presses keys where the focus is.
func (h *hand) keys(keys string, opts ...chromedp.KeyOption) {
	h.t.Helper()
	h.acts++
	h.do(chromedp.KeyEvent(keys, opts...))
}

// enter presses Enter, which leads to another page.
func (h *hand) enter() {
	h.t.Helper()
	h.acts++
	ctx, cancel := context.WithTimeout(h.ctx, 2*time.Minute)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent("\r")); err != nil {
		h.t.Fatalf("enter: %v\n%s", err, h.text())
	}
}

// eval runs an expression in the page.
func eval[T any](h *hand, expression string) T {
	h.t.Helper()
	v, err := chromedp.Run(h.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		h.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// text is what stands on the page.
func (h *hand) text() string {
	v, err := chromedp.Run(h.ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ""`))
	if err != nil {
		return err.Error()
	}
	return v
}

// path is where the browser is.
func (h *hand) path() string {
	h.t.Helper()
	return eval[string](h, "location.pathname + location.search")
}

// want fails unless the page shows all of the texts.
func (h *hand) want(texts ...string) {
	h.t.Helper()
	shown := h.text()
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			h.picture("failed")
			h.t.Fatalf("%q is not on %s:\n%.3000s", text, h.path(), shown)
		}
	}
}

// signIn signs a demo account in.
func (h *hand) signIn(w *site, login string) {
	h.t.Helper()
	h.open("/login")
	h.fill("#f-login", login)
	h.fill("#f-password", w.logins[login].Password)
	h.press("main form button")
	h.acts = 0
}

// enterWith gives the browser a session, so that no page has been opened before the first.
func (h *hand) enterWith(token string) {
	h.t.Helper()
	yes := true
	_, err := chromedp.Run(h.ctx, func(ctx context.Context, t *chromedp.Target) (bool, error) {
		_, err := cdp.Call(ctx, t, network.SetCookie, network.SetCookieParams{Name: sessionCookie, Value: token, URL: strings.Replace(h.url, "http:", "https:", 1), Path: "/", Secure: &yes})
		return true, err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// picture writes what the window shows to PICTURES, when that names a folder.
func (h *hand) picture(name string) {
	dir := os.Getenv("PICTURES")
	if dir == "" {
		return
	}
	data, err := chromedp.Run(h.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, strings.ReplaceAll(h.t.Name(), "/", "-")+"-"+name+".png"), data, 0o600)
	}
	if err != nil {
		h.t.Log("picture:", err)
	}
}

func quote(s string) string {
	data, _ := json.Marshal(s)
	return string(data)
}

// axe runs axe-core on the page as it is. Scripts of tests come through the protocol, past the page's own policy.
func (h *hand) axe(name string) {
	h.t.Helper()
	script, err := os.ReadFile(filepath.Join("..", "testdata", "axe", "axe.min.js"))
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := chromedp.Run(h.ctx, chromedp.Evaluate[bool](string(script)+"; true")); err != nil {
		h.t.Fatal(err)
	}
	type violation struct{ ID, Impact, Help, Target string }
	found := eval[[]violation](h, `axe.run(document, {runOnly: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]}).then(r =>
		r.violations.map(v => ({ID: v.id, Impact: v.impact, Help: v.help, Target: v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(" | ")})))`)
	for _, v := range found {
		h.t.Errorf("%s: %s (%s): %s: %s", name, v.ID, v.Impact, v.Help, v.Target)
	}
	if len(found) > 0 {
		h.picture(name)
	}
}

// fits fails when a page is wider than its window.
func (h *hand) fits(name string) {
	h.t.Helper()
	if over := eval[int](h, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
		h.picture(name)
		h.t.Errorf("%s: %d px wider than the window", name, over)
	}
}
