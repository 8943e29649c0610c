/** Words that stand at the top of published counts of leaked passwords, in lower case. */
export const words: readonly string[] = `
password passwort passwd pass parola motdepasse contrasena senha wachtwoord haslo lozinka password1 mypassword thepassword
qwerty qwertyui qwertyuiop azerty asdfgh asdfghjk asdfghjkl zxcvbn zxcvbnm qazwsx qweasd qweasdzxc qwert asdf qwe asd abc
abcd abcdef abcdefg abcdefgh abc123 abcd1234 test tester testing test123 demo guest user username login admin administrator
root toor system server default changeme change letmein letmeinnow welcome welcome1 hello hellohello goodbye iloveyou
iloveu loveyou iloveyou2 loveme lovely lover lovers love fuckyou fuckoff fuck fucker bitch asshole whatever nothing
something secret secrets private access master mastermind monkey dragon tiger lion eagle panther cougar falcon hawk bear
wolf wolves shark dolphin dolphins turtle rabbit bunny kitty kitten hellokitty puppy doggie dog cat horse horses mustang
pony butterfly spider spiderman batman superman ironman wonderwoman hulk captain avengers joker robin catwoman superstar
supergirl pokemon pikachu digimon naruto sasuke goku dragonball mario luigi zelda sonic minecraft fortnite roblox
warcraft starcraft counter halo assassin blizzard nintendo playstation xbox gamer gaming player starwars startrek skywalker
yoda vader jedi matrix trinity neo morpheus merlin gandalf frodo hobbit potter harrypotter hogwarts hermione gryffindor
princess prince king queen knight wizard magic magical angel angels devil demon satan heaven hell jesus jesus1 jesuschrist
christ god godisgood bible faith hope blessed blessing grace peace freedom liberty justice truth spirit church pastor
sunshine sunny sunflower sunset sunrise moon moonlight star stars starlight sky rainbow summer winter spring autumn fall
january february march april may june july august september october november december monday tuesday wednesday thursday
friday saturday sunday flower flowers rose roses lily daisy jasmine orchid tulip violet purple yellow orange green blue
black white silver golden gold diamond crystal ruby pearl emerald chocolate cookie cookies cupcake candy sugar honey
cheese pizza burger banana apple apples cherry peaches strawberry blueberry pumpkin pepper ginger cinnamon vanilla coffee
football soccer baseball basketball hockey tennis golf golfer volleyball softball cricket rugby wrestling boxing karate
swimming runner racing skate skater skateboard snowboard surfer fishing hunter hunting chelsea arsenal liverpool
manchester united barcelona realmadrid juventus milan bayern ajax benfica celtic rangers everton tottenham westham yankees
redsox lakers bulls cowboys steelers packers raiders eagles patriots broncos dodgers giants dallas chicago boston newyork
london paris berlin madrid roma tokyo moscow sydney australia canada america england france germany italy brazil mexico
russia india pakistan indonesia philippines nigeria texas florida california arizona alaska hawaii vegas lasvegas
hollywood brooklyn ferrari porsche mercedes bmw audi honda toyota nissan subaru mazda suzuki yamaha kawasaki harley
corvette camaro mustang1 charger firebird chevy chevrolet ford jeep lexus lamborghini bugatti volvo scooter scooby
scoobydoo snoopy garfield simpson simpsons homer bart mickey minnie donald goofy tweety bugsbunny disney tinkerbell
cinderella winnie pooh eeyore tigger barbie kermit cartman southpark popeye casper stitch nemo shrek buster max maximus
rocky rambo rocket thunder lightning storm tornado hurricane phoenix shadow ghost ninja samurai warrior soldier marine
army navy sniper killer hunter1 gangster gangsta thuglife outlaw bandit pirate pirates viking vikings spartan spartans
trojan trojans titan titans legend legends hero heroes champion winner loser player1 cool coolman badboy badgirl bigboy
goodboy babygirl baby babyboy babe babydoll sweet sweetheart sweetie sweetpea cutie cutiepie darling honeybee beautiful
gorgeous pretty sexy sexygirl sexyboy hottie hotstuff handsome lovelove kisses kissme hugs forever always together family
mother father mom dad mommy daddy mama papa mommy1 brother sister friend friends bestfriend friendship boyfriend
girlfriend husband wife children happy happiness smile smiley laughing lucky luckydog money moneymaker rich dollar dollars
business company office work job manager boss computer laptop internet google facebook youtube twitter instagram
microsoft windows linux ubuntu apple1 macintosh samsung nokia iphone android motorola sony dell intel cisco oracle mysql
database network wireless hacker hacking coder developer engineer student teacher school college university doctor nurse
police fireman music musica guitar guitarist piano drummer drums violin singer dancer dance dancing metallica slipknot
nirvana beatles eminem tupac 2pac rihanna beyonce shakira madonna elvis marley bobmarley linkinpark greenday blink182
korn acdc ironmaiden slayer megadeth pinkfloyd radiohead coldplay onedirection justinbieber bieber hannah montana jonas
michael michelle jennifer jessica ashley amanda nicole daniel danielle andrew anthony joshua matthew christopher
christian christina christine robert william richard charles charlie thomas jordan jordan23 george hunter2 tyler taylor
brandon justin jason jackson james jasper johnny jonathan joseph justice1 katherine kathleen kimberly kristen lauren
leonardo lindsey louise maggie marcus maria mariah marina martin martina matt maxwell melanie melissa miguel mikey
monica monster morgan natalie natasha nathan nicholas nicolas olivia oscar pamela patrick patricia peter phillip rachel
raymond rebecca ricardo roberto samantha samuel sandra sarah scott sebastian sergio sharon sophie stephanie stephen
steven susan sylvia teresa tiffany timothy tommy valentina valeria vanessa veronica victor victoria vincent viktoria
vladimir walter wendy xavier yolanda zachary alejandro alejandra alexander alexandra alexandre alexis alice alicia
alyssa amber andrea andreas angela angelica angelina anna annabelle antonio arthur austin barbara benjamin bernard
bethany bianca bradley brenda brian brittany bruno caitlin cameron camille carlos carmen carolina caroline catherine
cecilia celeste chantal charlotte chester claire claudia connor courtney crystal1 cynthia david deborah denise diana
diego dominic dominique donna dorothy dylan eduardo edward elena elizabeth emily emma enrique eric erika esther
eugene evelyn fabian federico felix fernanda fernando francesca francesco francisco frederic gabriel gabriela gabrielle
gerald giovanni gloria gregory guillermo gustavo harold harrison heather hector helena henry howard isabel isabella
isabelle ivan jacob jacqueline javier jeffrey jeremy jerome joanna jorge josephine juliana juliette karina katie kelly
kenneth kevin kristina larry laura lawrence leslie lorenzo lorena lucas lucia manuel marcela margaret margarita mariana
marie marissa mark marlon marvin mary mathew maurice mercedes1 mitchell molly nadia nancy nathalie nelson norman
creative creation dreamer dreams believe imagine inspire miracle infinity eternity destiny fantasy mystery adventure
explorer discovery passion pleasure paradise island beach ocean river mountain forest desert garden nature animal
elephant giraffe penguin panda koala kangaroo monkey1 gorilla chicken duck goose turkey piglet porky froggy frog snake
cobra python viper scorpion spider1 mustang69 stallion bigdog bulldog bulldogs poodle beagle husky labrador rottweiler
dakota cheyenne apache cherokee indian indians redskins braves chiefs warriors knights rebels gators seminoles
longhorns buckeyes wildcats huskies hurricanes badgers bobcats panthers jaguars dolphins1 falcons cardinals orioles
bluejays pirates1 mariners rockies padres brewers phillies redwings bruins penguins flyers blackhawks canucks maverick
mavericks topgun iceman gunner bullet bullets trigger pistol shotgun remington winchester smith wesson magnum ranger
corona heineken budweiser guinness vodka whiskey tequila jackdaniels smirnoff marlboro camel newport smokey smoking
weed marijuana cannabis stoner hippie reggae rasta jamaica bob420 420420 snickers skittles twix oreo nutella pepsi
cocacola sprite fanta mcdonalds starbucks walmart nike adidas puma gucci prada chanel versace armani
trustno1 letmein1 ncc1701 thx1138 rush2112 jordan1 michael1 abcabc aaaaaa zzzzzz qqqqqq asdasd asdasdasd qweqwe zxczxc
passpass testtest adminadmin blahblah lalala lalalala hahaha hahahaha ohyeah bobbob mypass mypasswd mylife mylove
mybaby myspace myself iloveme ilovemom ilovegod ilovejesus ilovehim iloveher ilovemyself imissyou ihateyou marryme
iloveyou1 teamo teamomucho tequiero amor amores corazon bonita hermosa princesa estrella mariposa cielo angelito
chocolat doudou bonjour soleil loulou nicolas1 camille1 marseille azertyuiop schatz hallo hallo123 passwort1 geheim
sommer schalke dortmund ficken bambina amore ciao ciaociao juve napoli francesca1 samsung1 killerbee changeit temp
temporary temppass newpass newpassword oldpassword p4ssword pa55word passw0rd pass1234 pass123 secure security unlock
opensesame sesame abracadabra alohomora shazam hocuspocus whatsup wassup nevermind idontknow dontknow noidea nopassword
password12 qwerty12 qwerty123 qwerty1234 dragon12 monkey12 shadow12 football12 baseball12 master12 superman12
access14 mustang12 michael12 sunshine12 princess12 letmein12 welcome12 ashley12 charlie12 jordan12 summer12 company1
p@ssword p@ssw0rd administrator1 oracle10g changeme1 guestguest rootroot toortoor support service helpdesk
monitor backup operator superuser supervisor sysadmin webmaster postmaster office365 outlook exchange sharepoint
bluebird blackbird redbird bluesky bluemoon blacksun redrose whiterose darkness darkangel darkside darkstar midnight
nightmare vampire twilight werewolf zombie skeleton halloween christmas santaclaus snowman snowball snowflake easter
birthday holiday vacation weekend party partytime celebrate anniversary valentine cupid romance romantic romeo juliet
`
  .trim()
  .split(/\s+/);
