package certificates

import (
	"strings"

	"datchuan/models"
)

// signingLines is how many empty lines are left for the signature and seal.
const signingLines = 4

// closing prepares the end of a paper: the closing line, "Nơi nhận" on the left, authority, post and name on the
// right (documents.md section 0).
func (s *sheet) closing(text string, head models.Letterhead) ending {
	plain, strong := style{regular, 12}, style{bold, 13}
	last := s.wrap(plain, drawable(text), s.bodyWidth())
	who := append(s.wrap(strong, upper(head.Authority), s.rightHalf), s.wrap(strong, upper(head.Post), s.rightHalf)...)
	for range signingLines {
		who = append(who, "")
	}
	who = append(who, s.wrap(strong, drawable(head.Signer), s.rightHalf)...)
	heading, item := style{boldItalic, 12}, style{regular, 11}
	to := s.recipients(item, head.Recipients)

	const gap = 3.0
	listed := 0.0
	if len(to) > 0 {
		listed = heading.line() + float64(len(to))*item.line()
	}
	height := gap + float64(len(last))*plain.line() + gap + max(float64(len(who))*strong.line(), listed)
	return ending{height: height, draw: func() {
		s.y += gap
		s.flow(plain, left, last)
		s.y += gap
		s.need(float64(len(who)) * strong.line())
		below := s.block(strong, centre, s.rightStart(), s.y, s.rightHalf, who)
		if len(to) > 0 {
			s.flow(heading, left, []string{"Nơi nhận:"})
			s.flow(item, left, to)
		}
		s.y = max(s.y, below)
	}}
}

// feet prepares the end of a list that several people sign: the closing line, then who signs, side by side.
func (s *sheet) feet(text string, list []models.Foot) ending {
	plain, strong, small := style{regular, 12}, style{bold, 12}, style{italic, 11}
	last := s.wrap(plain, drawable(text), s.bodyWidth())
	width := s.bodyWidth() / float64(len(list))
	posts, high := make([][]string, len(list)), 0.0
	for i, foot := range list {
		posts[i] = s.wrap(strong, drawable(foot.Post), width-2)
		high = max(high, float64(len(posts[i]))*strong.line()+2*small.line()+float64(signingLines+1)*strong.line())
	}
	const gap = 3.0
	return ending{height: 2*gap + float64(len(last))*plain.line() + high, draw: func() {
		s.y += gap
		s.flow(plain, left, last)
		s.y += gap
		s.need(high)
		for i, foot := range list {
			x := leftMargin + float64(i)*width
			y := s.block(strong, centre, x, s.y, width, posts[i])
			s.block(small, centre, x, y, width, s.wrap(small, drawable(foot.Note), width-2))
			s.block(strong, centre, x, y+small.line()+float64(signingLines-1)*strong.line(), width, s.wrap(strong, drawable(foot.Name), width-2))
		}
		s.y += high
	}}
}

// recipients are listed as "- Như trên;", the last one with a full stop, whatever ends they were typed with.
func (s *sheet) recipients(st style, list []string) []string {
	var lines []string
	for i, one := range list {
		one = strings.TrimRight(strings.TrimLeft(drawable(one), "-– "), ";. ")
		end := ";"
		if i == len(list)-1 {
			end = "."
		}
		lines = append(lines, s.wrap(st, "- "+one+end, s.leftHalf)...)
	}
	return lines
}

func upper(s string) string { return strings.ToUpper(drawable(s)) }
