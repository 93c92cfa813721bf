package certificates

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg"
	"image/png"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/jung-kurt/gofpdf"

	"datchuan/models"
)

// The PDF library takes 17 ms to cut a font for one file, because it reads the whole font each time. Certificates come by
// the thousand, so what they share (fonts, logo) is made by the library once, cut out of its file as finished objects,
// and copied into each certificate. A font holds every letter of Vietnamese: which letters a name has makes no
// difference to the bytes of the others.

// repertoire are the runes that every embedded font has; further ones are added for the file that needs them.
var repertoire = func() []rune {
	var out []rune
	for r := ' '; r <= '~'; r++ {
		out = append(out, r)
	}
	const marked = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
	return append(out, []rune(marked+strings.ToUpper(marked)+"–—‘’“”…•□₫°×")...)
}()

var inRepertoire = func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range repertoire {
		m[r] = true
	}
	return m
}()

// objects are PDF objects that refer to each other; the first one is what the page names. They are numbered from 1.
type objects [][]byte

// reference finds what one object says of another: "12 0 R".
var reference = regexp.MustCompile(`\b(\d+) 0 R\b`)

// renumber rewrites the references in the head of an object, which ends where its stream begins.
func renumber(object []byte, to func(int) int) []byte {
	head, tail := object, []byte(nil)
	if i := bytes.Index(object, []byte("\nstream\n")); i >= 0 {
		head, tail = object[:i], object[i:]
	}
	head = reference.ReplaceAllFunc(head, func(ref []byte) []byte {
		n, _ := strconv.Atoi(string(ref[:bytes.IndexByte(ref, ' ')]))
		return fmt.Appendf(nil, "%d 0 R", to(n))
	})
	return append(head, tail...)
}

// cut takes the first object that has the mark, and all that it needs, out of a file of the PDF library.
func cut(pdf []byte, mark string) (objects, error) {
	offsets, err := crossReference(pdf)
	if err != nil {
		return nil, err
	}
	body := func(n int) []byte { return objectBody(pdf, offsets, n) }
	root := -1
	for n := range offsets {
		if head, _, _ := bytes.Cut(body(n), []byte("\nstream\n")); bytes.Contains(head, []byte(mark)) {
			root = n
			break
		}
	}
	if root < 0 {
		return nil, fmt.Errorf("certificates: no %s in the file of the library", mark)
	}
	numbers := []int{root}
	var out objects
	for i := 0; i < len(numbers); i++ {
		out = append(out, renumber(bytes.Clone(body(numbers[i])), func(n int) int {
			if at := slices.Index(numbers, n); at >= 0 {
				return at + 1
			}
			numbers = append(numbers, n)
			return len(numbers)
		}))
	}
	return out, nil
}

// embed makes the objects of a font with the runes of the repertoire and some more.
func embed(f face, more []rune) (objects, error) {
	pdf := gofpdf.New("P", "pt", "A4", "")
	pdf.AddUTF8FontFromBytes(family, styleOf[f], slices.Clone(fontFile(f)))
	pdf.AddPage()
	pdf.SetFont(family, styleOf[f], 10)
	pdf.Text(0, 0, string(repertoire)+string(more))
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		return nil, err
	}
	return cut(b.Bytes(), "/Subtype /Type0")
}

// embedded are the fonts without further runes, made when they are first needed.
var embedded = func() (all [faceCount]func() (objects, error)) {
	for f := range faceCount {
		all[f] = sync.OnceValues(func() (objects, error) { return embed(f, nil) })
	}
	return all
}()

// logo makes the objects of a picture. It is drawn anew as plain 8-bit PNG, because the library refuses some forms.
func logo(picture []byte) (objects, float64, error) {
	bad := func() (objects, float64, error) {
		return nil, 0, models.Fail(models.Invalid, "template.logo_bad", "logo")
	}
	decoded, _, err := image.Decode(bytes.NewReader(picture))
	if err != nil || decoded.Bounds().Empty() {
		return bad()
	}
	plain := image.NewNRGBA(image.Rect(0, 0, decoded.Bounds().Dx(), decoded.Bounds().Dy()))
	draw.Draw(plain, plain.Bounds(), decoded, decoded.Bounds().Min, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, plain); err != nil {
		return bad()
	}
	pdf := gofpdf.New("P", "pt", "A4", "")
	pdf.AddPage()
	options := gofpdf.ImageOptions{ImageType: "png"}
	pdf.RegisterImageOptionsReader("logo", options, &b)
	pdf.ImageOptions("logo", 0, 0, 10, 10, false, options, 0, "")
	b.Reset()
	if err := pdf.Output(&b); err != nil {
		return bad()
	}
	made, err := cut(b.Bytes(), "/SMask ")
	if err != nil { // a picture without transparency has no mask
		made, err = cut(b.Bytes(), "/Subtype /Image")
	}
	return made, float64(plain.Rect.Dx()) / float64(plain.Rect.Dy()), err
}
