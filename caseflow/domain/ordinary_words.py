"""Ordinary words of reports in this field, Dutch and English: what reads so with a small letter is no name.

Taken from the sentences of this program, with months, days and what quarterly reports speak of. A list that is fixed in
the code: whether a text holds a name must not change because a page was worded anew.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
aan aanbieden aanbod aandacht aandeel aangaat aangeboden aangevallen aangevraagd aanging aankomst aankomsten
aanmelden aanmelding aantal aantallen aanval aanvraag aanwezig aanwezigheid about above absence accepted accessible
accompanies account accountant accounts achter achteraf achterhalen acknowledged active add added address addresses
admission admitted adres advice advies adviseert advises advocaat af afgedrukt afgedrukte afgelopen afgerond
afgesloten afgesneden afgesproken afgevinkt afgewezen afliep afname afspraak afspraken after afterwards afwezig
afwezigheid again against age ago agree agreed agreement agreements agrees ahead aid alert alerts all alle allebei
alleen alles allowance allowances allowed allows alone along already als also ambulance among amount an and ander
andere anderen anders anew announced another answer answered answers antwoord antwoorden any anybody anything apart
appeal application appointment approval approvals approve approved approves april are arrival arrivals art artikel
arts as ask asked asking asks assured asylum at attack attacked attempts attention audit auditor august augustus
authorities authority autumn available average away back backup basis be beantwoord beantwoordt became because
become bed bedden bednachten bedoeld bedrag beds beeindig beeindigd beeindigde beeindigen beeindigt been before
began begane begeleider begeleiders begeleiding begeleidt begin beginnen begins begint begon begonnen begun
behandelt beheerder behind behoeften beide beiden being bekeek bekeken bekend bekende bekijk bekijken belong belongs
below bent beoordeeld beoordeelt beoordeling beperkt bereik bereiken bereikt bericht beroep beschadigd beschikbaar
beside beslisblad beslisbladen beslissen beslissing beslist besliste besloot besloten besluit besluiten besproken
bestaat bestand bestanden bestemming betaald betaalt betalen betaler betekent between beurt bevalling bevat bevatten
bevestigd bevestigen bewaar bewaard bewaarde bewaart bewaren bewijs bezet bezwaar bieden bij bijgehouden bijna
binnen birth blad blij blijft blijven blijvend board booked books bord both boven bovenste breaking brief brieven
bring broken bron browser budget building buiten bunk but button buurt buurtlogboek by call called calls came can
cannot capaciteit capacity card cards care carries case caseload cases caseworker caseworkers category cell centre
certificaat certificate certificaten certificates change changed changes characters check checked checkpoint child
choose chooses chose cijfer cijfers city claim cleaning client clientcode clientcodes clienten clients clock close
closed closes closing code codes colleague colleagues collega column come comes coming command committee
compartiment compartment complain complaint complaints complete computer concept concerned conclusie conclusion
confidential config configuratie confirmed consultation contact contacts continued continues controle controleer
controleerde controleert controlepunt controller conversation cooperation coordinator copy correct corrected
correctie correction cost costs could counsellor count counted country counts court crime criteria criterion
criterium cut daar daarbij daarmee daarna daarom daarvan dag dagen daling dan danger dankzij dashes dat data date
dates datum datums day days de deadline deadlines december decide decided decides decision decisions declined deed
deel deferral definitie definition delen deleted delivery demands demo departure departures deputy derde desk
destination details deur deze dezelfde diagnose diagnosis dicht dichterbij did die dienst diensten differ different
differently digits dinsdag directeur director dit do doctor document documents doel doelen doen does doet donderdag
done door doorgaan doormigratie dossier dossierlijst dossiers dossierteam dots douches down draait draft drie
dropped druk drukte due dus duty duurt each earlier echte echter een eens eerder eerdere eerst eerste eigen eind
einde eindigde eindigen eindigt elders elk elkaar elke else elsewhere emergency empty en encrypted end ended ends
enforcement enkel enkele enough entered entries entry episode episodes er eraan erased erbij erin erna ernaast
erover error eruit ervan euros evacuation even eveneens every everybody everything exact exacte exactly example
exist exists exit exits expected extend extended extension fall false familie family far fase februari february few
fewer fields figure figures file files filled finance financien financier financiers find finds fire firewall first
fit fits five fix fixed floor flow folder follow following follows for force form formal formeel former formulier
found four fourth fout free fresh friday from frozen full functie function functionaris funder funders further
future ga gaan gaat gaf gave geantwoord gebeurde gebeuren gebeurt geblokkeerd geboekt geboortejaar gebruik gebruiken
gebruikt gedaald gedaan geef geeft geeindigd geen gegaan gegeven gegevens gehaald geheim gehoor gehouden
geimporteerd gekomen gekozen gekregen geld gelden geldt geleden gelezen gelijk geloof gelukkig gemaakt gemarkeerd
gemeente gemeenten gemeld gender genoeg genoemd genoemde genomen geopend geplaatst gepland geplande geprobeerd
gepubliceerd geruild gescheiden geschiedenis geschreven geslacht geslapen gesloten gesprek gestart gestegen get
getal getallen geteld getoond gets getuige geven gevonden gevraagd geweest geweigerd gewenst gewijzigd gewist gewoon
gezegd gezet gezien gezin gezondheid ging give given gives glass go goal goed goedgekeurd goedkeuring goes going
good got grant groei groep grond ground grounds group growth guidance haal haalt haar had halen half hand handed
handhaving handles handover hands happened has have head health hearing heb hebben hebt heeft heel heet helaas held
hele helft help helpen helps helpt hem hen here herfst herhaalde het hetzelfde hier hierboven hiermee hieronder
hierover higher hij history hoe hoeft hoeveel hoeven hoger hold holder holders holds home hoogste hoogstens hooguit
hoop hoopt hoort hope hopen horen hospital host houd houden houder houders houdt hours house household how however
https huidige huis huisdier huishouden huisregels hulp hun id identity iedereen iemand iets if illness immigration
imported in incident incidenten incidents included including indicator ingelogd ingesteld ingestemd ingetrokken
ingevoerd ingevuld ingezien init inlognaam inmiddels inside inspect installatie installation instance instantie
instead instellingen instemt instroomden intake interim interpreter into intrekken intussen inzag inzage inzagen
inzet inzien is issued it its itself ja jaar januari january jaren je jij job jobs jou jouw json juiste juli jullie
july june juni juridisch juridische jurist kaart kamer kamers kan kantoor keek keep keeps keer kenmerk kent kept
keuren keurt key keys kies kiest kijk kijken kijkt kind klaar klacht klachten klagen klein kleine klok klopt kluis
kluizen knop know known knows kolom komen komende komt kon konden koos kopie korter kost kosten krapper kreeg
krijgen krijgt kun kunnen kunt kwam kwamen kwart kwartaal kwartalen laat laatste lager land lang langer langste
language lapsed las last lasts late laten later latere latest law lawyer lead leads least leave leaves leaving
leefgeld leeftijd leeg leest left leg legal legt leidt lente less let lets letter letters lezen lezer lezers lid lie
lies liggen ligt lijst lijsten like limiet limit line lines link list lists live living locatie locaties locked
lodged log logboek long longer longest look looked looks loopt lost lower maak maakt maakte maand maandag maanden
maar maart machine made mag mail mainly make maken makes man many map march mark marked marks maximale maximum may
mean means meant meanwhile mede medewerker medewerkers medical medische mee meegaat meer meeste meetellen meetelt
mei meld melding meldingen men mensen merge message met meteen migrate migration mijn minder minst minste minstens
minute minuten minutes minuut mis misschien missing mistake moet moeten mogelijk mogen moment monday money month
months more most move moved moves much municipality must my na naam naar naartoe naast nacht nachten nachtronde
nachts nadat nagekomen najaar nam name named namen names national nationality navraag near nearest nee need needed
needs neem neemt neither nemen nergens net never new newest next niemand niet niets nieuw nieuwe nieuwste night
nights nl no nobody nodig noem noemen noemt nog none nood noodinzage noodkaart noodkaarten nooit nor norm not note
notes nothing notitie notities november now nowhere nu nul number numbers numerator nummer object objection occupied
october of off offences offer offered offers office officer officers oktober old older om omdat on onbekend once
onder onderste ondertekend one ones ongedaan ongeveer only ons ontbreekt ontbreken ontvangst ontzegelt onward onze
ook op opdracht open opende opened openen opening opens opent operations opgeschreven opgeslagen opgezocht oplossing
opname opnieuw opruimen opschrijven opslag opsommen optie opvang or orde order organisatie organisaties organisation
other others otherwise oude ouder oudere our ours out outcome outcomes outside over overdag overdracht overdrachten
overflow overhandigd overleg overloop overzicht own paar pad page pages pagina paid paper papers papier papieren
part particular partner partners pas passed passen passend passphrase passphrases password past path payer pays pdf
peildatum people per percentage period permanent permit person persoon phone plaats plaatsen place placed places
plan planned plannen planner planted plek plekken pogingen points police politie port possible praten precies
pregnancy prepared presence present previous print printed prints privacy probeer probeerde procedure procedures
proces process processor program programma programme programmes project projecten projects proof proposal proposals
propose proposed proposes protection publicatie publicaties publication publications published punten purpose put
puts py quarter quarters question quotes ran rapport rate reach reached reaches read reader readers reads ready real
reason reasons rebuilt reception recht rechter rechtsgrond record recorded records reden redenen reference referral
referred refusal refused regel regelen regels register registration relatie relation released relief remove repair
report request requested residence restricted restriction result return review reviewed reviews right rij rijen
rijksopvang rise rol role roles rollen rolstoel rond ronde rondes room rooms rooster roosters rosters round rounded
route row rows ruilen ruimer ruimte rule rules run running runs rust safe safely safety said same samen samenvoegen
samenwerking sample saturday save saved saw say says scan scenario scheduler scherm school schoonmaak schreef
schrijf schrijft schrijven screen screening sealed sealing search second seconden seconds secret see seen sees send
sent sentence sentinel september serve server service services sessie sessies session sessions set several share
shares sheet sheets shelter shift shorter should show showers shown shows side sign signed signs since sinds
sindsdien single site sites six sla slaapplek slaapt slachtoffer slapen sleep sleeps slept sleutel sleutels sliep
slip slips slot sluit sluiten small sneller so solution some somebody someone something soon soort source spelling
spoke sprake spreekuur spreken spring staan staat stad staff stage stand standhoudt stands stap stapelbed start
started startpagina stated statement statements staten status stay stays steden steeds steekproef stel stelt step
sterk stijging still stock stond stood stoppen store stored stores story straat streepjes street strookje strookjes
stroom struck stukken subsidie such suggested suggestion suggestions suit suitable suits summer sunday support sure
suspended swap swapped sweep switched taak taal tab tabblad tabel tabellen table tables take taken takes talk tap
task tasks te team teamleider teamleiders teams tegelijk tegen tekens tekst tel telefoon telephone tell tellen
telling telt ten term termijn termijnen terug teruggenomen teruggezet terugkeer terugkomen terugkomst terugkomt
terugkwam terwijl test text than thanks that the their theirs them themselves then there these they things third
this those three through thursday tick ticked tier tijd tijdlijn tik time timeline times to toch today toe
toegelaten toegevoegd toekomst toelaat toelating toename toevoegen toezicht together told tolk toml tonen tonight
too took toont tot totaal total towards town trafficking trager traject trajecten transfer trap trek tried true try
tuesday tussen twee tweede twice two type typed typte uit uiterlijk uitgaf uitgegeven uitgerekend uitgezocht
uitkomst uitkomsten uitstel uitstroom under undo unfortunately unknown unseals until up upper uren us use used user
usual uur uw vakje valid valt van vanaf vandaag vannacht vanzelf vast vastgehouden vastgelegd vastgesteld
vastgestelde vastleggen vaststaat vaststellen vaststelt vault vaults veel veilig veiligheid velden ver veranderd
veranderen verandert verbeter verbeterd verbeteren verblijf verblijven verbouwd verbouwing verder verdergaat
vergissing vergrendeld vergunning verhuisd verhuizing verlaten verlengd verlengen verlenging verlopen vermelding
verse versie versies version versions versleuteld verstrekt verstuur verstuurd verstuurt verteld vertrek vertrekken
vertrekt vertrokken vervallen vervalt vervanger vervanging verwacht verwachte verwerker verwezen verwijzing
verzegeld verzegelen verzekerd verzoek via victim vier vierde vijf vijftal vinden vindt voeg voldaan volgen volgend
volgende volgens volgt volunteers vond voor vooral voorbereid voorbereiden voorbij voordat voorgesteld voorjaar
voorlopige voorstel voorstellen voorstelt voort voortgezet vooruit voorziening vorige vraag vraagt vragen vrij
vrijdag vrijgegeven vrijgehouden vrijwilligers vroeg vrouw vrouwen vullen waar waarin waarmee waarom waarop
waarschuwing waarvan waarvoor wacht wachten wachtlijst wachtwoord wachtzin wait waiting waits wanneer want wanted
waren warning warnings was wat way we wednesday week weeks weer weet weg weggesloten weinig weken wel welk welke
well wens went werd were werk werkdag werken werkt wet weten what wheelchair when where whether which while who
whoever whole whom whose why wie wiens wij wijk wijzigde wijzigen wijziging wijzigt wil will winter wish wist with
withdrawn within without witness woensdag woman women wonen woord woorden word worden words wordt work worked worker
workers working works would write writes writing written wrong wrote year years yes yet you your yours yourself zag
zaterdag ze zeg zeggen zegt zei zeiden zeker zelf zero zes zet zetten zich zichzelf zie ziekenhuis ziekte zien ziet
zij zijn zin zit zitten zitting zo zoals zodat zodra zoeken zolang zomer zon zondag zonder zorg zou zover zowel
zwangerschap
"""
ORDINARY: Final = frozenset(_WORDS.split())
"""Without accents, as words are compared."""
