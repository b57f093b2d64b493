package search

import (
	"strings"
	"sync"
)

// nicknames leads from a given name to the others that one person may go by.
var nicknames = sync.OnceValue(func() map[string][]string { return nicknameTable(nicknameGroups) })

// nicknameGroups are given names that stand for one another, one group a line, written down for
// this project from common English, Spanish and other use in the United States. A name may stand in
// several groups; only names of one line find each other.
const nicknameGroups = `
abigail abby gail abbie
abraham abe bram
adelaide addie ada
albert al bert albie
alejandro alex ale jandro
alexander alex al sandy xander sasha lex alec
alexandra alex sandra lexi sasha alexa allie
alfred al fred alfie
alice allie ali
alison allison allie ali
amanda mandy
andrea andi andy drea
andrew andy drew
angela angie
anita ani
ann anne annie nan nancy
anthony tony ant
antonia toni tonia
antonio tony toño
arthur art artie
barbara barb babs barbie
beatrice bea trixie bee
benjamin ben benji benny
bernard bernie
bradley brad
bridget biddy bridie
caroline carrie carol caro
carolyn carrie carol lyn
catherine cathy cat kate cate katie
charles charlie chuck chaz
charlotte charlie lottie char
christina chris tina christy chrissy
christine chris tina christy chrissy
christopher chris kit topher
cynthia cindy
daniel dan danny
danielle dani
david dave davey
deborah deb debbie debra
dennis denny
diana di
dolores lola
donald don donnie
dorothy dot dottie dolly
douglas doug
edward ed eddie ted ned
edwin ed eddie
eleanor ellie nell nora elly
elizabeth liz beth lizzie betty betsy eliza libby ellie lisa bess elisabeth
emily em emmy
emma em emmy
ernesto neto
eugene gene
evelyn evie eve
florence flo florrie
frances fran francie frankie
francis frank fran
francisco paco pancho cisco frank
frederick fred freddie rick
gabriel gabe
gabriela gaby gabi
geoffrey geoff jeff
gerald gerry jerry
geraldine gerry geri
gregory greg
guadalupe lupe
guillermo memo
gwendolyn gwen wendy
harold hal harry
harriet hattie
helen nell nellie lena
henry hank harry
isaac ike zac
isabel izzy bella isa
isabella izzy bella isa
jacob jake
jacqueline jackie
james jim jimmy jamie
janet jan
jane janie
jason jay
jeffrey jeff
jennifer jen jenny jenn
jeremiah jerry jeremy
jessica jess jessie
jesus chuy
joan joanie
joanna jo joanne
john jack johnny jon
jonathan jon jonny
jose pepe
josefina josie fina
joseph joe joey
josephine jo josie
joshua josh
juan juancho
judith judy
julia julie jules
katherine kate kathy katie kat kay kit kitty kathryn
kathleen kathy kate katie
kathryn kate kathy katie kat
kenneth ken kenny
kimberly kim
kristen kris kristy
kristina kris kristy tina
laura laurie
lawrence larry lars laurie
leonard leo len lenny
leslie les
lillian lily lil
louis lou louie
louise lou lulu
lucille lucy
lucia lucy
luis lucho
madeline maddie
magdalena lena magda
manuel manny manolo
margaret maggie meg peggy greta rita marge margie madge daisy
maria mari mia
marianne mari
marjorie marge margie
martha marty patty
martin marty
mary molly polly mamie
matthew matt
maureen mo
maximilian max
megan meg
melissa missy mel lissa
melanie mel
michael mike mick mickey mikey
michelle shelly
mildred millie
miranda mindy randy
miriam mimi
mohammed mo mohamed muhammad mohammad
nancy nan
natalie nat
natasha tasha
nathan nate
nathaniel nate nat
nicholas nick nicky
nicole nicky nikki
olivia liv livvy
oliver ollie
pamela pam
patricia pat patty trish tricia
patrick pat paddy rick
paula polly
penelope penny
peter pete
philip phil pip phillip
priscilla cilla
rachel rach
ramon moncho
raymond ray
rebecca becky becca
reginald reggie
ricardo rick ricky rico
richard rick dick rich ricky richie
robert bob rob bobby robbie bert
roberta bobbie robbie
roberto beto tito
rodney rod
roger rodge
ronald ron ronnie
rosalind roz ros
rosemary rose rosie
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sally sadie
sebastian seb bastian
sharon shari
sheila shel
sophia sophie
stephanie steph stevie
stephen steve stevie steven
steven steve stevie
stuart stu
susan sue susie suzy
susanna sue susie suzy
suzanne sue suzy
sylvia syl
tabitha tabby
tamara tammy tam
teresa terry tess tessa tere
theresa terry tess tessa
theodora theo dora teddy
theodore ted teddy theo
thomas tom tommy
timothy tim timmy
tobias toby
valerie val
vanessa nessa
veronica ronnie vera roni
victor vic
victoria vicky tori vic
vincent vince vinny
virginia ginny ginger
walter walt wally
wilhelmina mina billie willa
william bill will billy willy liam
winifred winnie freddie
yolanda yoli
yvonne vonnie
zachary zach zack
`

func nicknameTable(groups string) map[string][]string {
	table := map[string][]string{}
	for line := range strings.Lines(groups) {
		names := Fold(line)
		for _, a := range names {
			for _, b := range names {
				if a != b {
					table[a] = append(table[a], b)
				}
			}
		}
	}
	return table
}
