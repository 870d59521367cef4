"""Words that names of columns are made of, in Spanish, Portuguese, English and French, and official variable names.

General vocabularies, never of one file: a name alone proves nothing until the values fit (`columns`, `places`).
Every pattern is matched against whole words of `facts.plain_name`.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Places ------------------------------------------------------------------------------------------------------------

# Units that countries of the region use as their areas, and the units above them. A word may be either ("departamento" in
# Argentina is an area): how many different values a column has decides, not the word.
LOWER = (
    r"municip\w*|muni|mun|munic|mpio|mupio|mupios|distritos?|districts?|dist|canton\w*|comunas?|communes?|parroquias?|partidos?"
    r"|corregimientos?|alcaldias?|concelhos?|count(?:y|ies)|territorios?|territoires?|localidad(?:es)?|lugar(?:es)?|places?"
    r"|espacialidades?|areas? geografica|small ?area"
)
UPPER = (
    r"departamentos?|depto|dpto|deptos|depart|dep|dptos|departe?ments?|provincias?|prov|provinces?|regi(?:on|ones|ao|oes|ons)"
    r"|reg|estados?|entidad(?:es)?(?: federativas?)?|ent|ufs?|ufn|unidade (?:da |de )?federacao|states?|gobernacion|comarcas?|etc|major ?area|parent"
)
# Units below a municipality, whose codes are long; a word such as "sector" alone says nothing.
SMALL_AREA = r"setor(?:es)?|sector(?:es)?|agebs?|manzanas?|radios?|fraccion(?:es)?|seccion(?:es)?|segmentos?"
# Words between the others of a name.
LITTLE = r"del?|d[ao]s?|la|las|los|el|en|em|of|the|du|des|le|y|e"
# Other units a table of areas may name beside them; their codes are no figures.
OTHER_UNITS = r"(?:meso|micro)?r+egi(?:ao|oes|on|ones)\w*|zonas?|subregi\w*|comarcas?|circunscripcion|latitude|longitude|altitud\w*"
CODE = r"cod|codigos?|codes?|cve|clave|ccdgo|cdgo|cd|ids?|iddist|idprov|iddpto|ccod|c|geocod\w*|num|smallarea|majorarea"
NAME = r"nom|nombres?|nomes?|names?|noms?|nm|nmbr|cnmbr|desc\w*|denominacion|glosa|libelle|toponimo|etiqueta"
COUNTRY = r"iso3?|iso ?a?[23]|pais(?:es)?|country|pays|cod ?pais|nacional"

# Whole codes of areas as official files call them, with the office or the system in the name.
# What reading a file names the columns it makes.
MADE_NAME = r"area name"
OFFICIAL_CODE = (
    r"ibge|dane|inegi|inei|indec|cvegeo\w*|cve ?geo|cve mun|cvemun|divipola|ubigeo\w*|ubi ?geo|geocod\w*|geolev2|adm2 ?(?:code|pcode)|cod ?mun\w*|mun ?cod\w*"
    r"|codigo ?mun\w*|id ?mun\w*|mun ?id|mpios?|cod(?:igo)? ?(?:ibge|dane|inegi|inei|inec|ine|indec|dee|sdgs)\d?|cd ?mun|cd ?geocmu"
    r"|co ?mun\w*|cut|dpa|cod ?dpa|cod ?com\w*|cod ?dist\w*|cod ?canton\w*|area ?code|code ?commune|in1"
)
OFFICIAL_UPPER = r"cve ?ent|cod ?(?:dep\w*|dpto|prov\w*|reg\w*|uf|est\w*)|id ?(?:dep\w*|prov\w*|reg\w*|uf|ent)|geolev1|adm1 ?\w*|c ?depto|dpto ccdgo"

GENERIC_CODE = r"cod(?:igo)?\d*|code|clave|id|geoid|area ?id|cve|codigos|llave"
GENERIC_NAME = r"(?:nombre|nome|nom|name) (?:oficial|comun|comum|officiel|usuel|usual|corto|curto|actual)|(?:official|common|short) name|nom|nombre|nome|name|nom\w*|descripcion|descricao|area ?name|label|etiqueta|denominacion"

# People --------------------------------------------------------------------------------------------------------------

AGE = (
    r"edad|edades|eda|idade|age|anos cumplidos|anios|edad anios|edad simple|age ?years|v2009|v8009|p6040|ch06|hl6|hv105|e27|p208a"
    r"|p03|p02|a5|s\d+[ab]? ?03|r106|ppa03|p4|i p29|anosedad|edad\d?"
)
SEX = r"sexo|sex|genero|gender|sexe|v2007|p6020|p3271|ch04|hl4|hv104|e26|p207|p02|p06|r104|ppa02|a4|s\d+[ab]? ?02|hombre|mujer|sexo\d?"
ZONE = (
    r"area|zona|clase|zone|ruralidad|urbano rural|area urbana|urb|ur|urbano|rural|urbrur|urban|v1022|hh6|hv025|milieu|residencia"
    r"|situacao|situacion|tam loc|tamloc|t loc|medio|area de residencia|r ?situacao"
)
KINSHIP = r"parentesco|parent|paren|relacion\w*|relationship|relation|relate|v2005|p6050|p6051|hl3|hv101|ch03|kinship|lien|pco1|p203"
HOUSEHOLD = (
    r"hogar|hogares id|vivienda|directorio|folio\w*|codusu|nro hogar|num hogar|hhid|hh2|hv002|id hogar|id ?vivienda|household\w*|hh|menage"
    r"|domicilio|v1008|v1014|nquest|claviv|serial|idhogar|llave ?hog|numero de hogar|secuencia encuesta|secuencia p|nvivienda|nhogar|foliohog"
)
PERSON = (
    r"orden|persona|id persona|num persona|nper|npers|v2003|n ren|numren|renglon|linea|hl1|hvidx|person\w*|pid|indid|ind|llave|p00"
    r"|id ?pers\w*|componente|habitante|codperso|individu|caso"
)
WEIGHT = (
    r"fex\w*(?: c)?\d*|factor\w*(?: (?:de )?(?:expansion|exp|exp anual|anual|trimestral|calib\w*|personas?))?|fac(?: men| tri|tor)?\d*|facpob\w*"
    r"|fac00|fac15 e|fact(?:or)?\d*|fact? ?exp\w*|fator\w*|peso(?: (?:ano|final|persona|pessoa|calibrado|muestral|amostral|hogar|amostra))?"
    r"|pesoano|ponder\w*|weights?|wgt|wt\d*|w|pw|pwt|perwt|hhwt|[hp]weight|sample weight|sampling weight|weight \w+|expr|expc|exp|v1027|v1028|v005"
    r"|hv005|chweight|wmweight|hhweight|w (?:ano|anual|sem\w*|trim\w*|mes)|coef\w*(?: d?e? ?(?:extrapolation|ponderation|expansion))?|poids(?: \w+)?|w\d+|personas expandidas"
)
# Weights before the last step of their making, published beside the final one.
BASE_WEIGHT = r"v1027|\w*(?:base|basico|inicial|diseno|design)(?: \w+)*|peso basico|factor basico"
REPLICATE = r"(?:rep|repw|repwt|brr|jk|bsrw|bw|wrep|v1028|w ?rep|peso rep\w*|rw|factor b|fac b|wboot|repwgt) ?0*\d{1,3}"
STRATUM = (
    r"estratos?|estrat|estratum|strat\w*|strate|est d\w*(?: \w+)?|est dis|estr|estred\w*|varstrat|v022|v023|hv022|hv023|estrato ?(?:dis\w*|muest\w*|upm|geo)|strata ?\w*"
    r"|estrato de (?:diseno|muestreo)"
)
NOT_STRATUM = r"socio\w*|energ\w*|economico|servicios|vivienda|factura|tarifa"
PSU = (
    r"upms?|psu|upa|conglom\w*|cluster|conglomerado|segmento|segm|varunit|v001|v021|hv001|hv021|hh1|upm ?\w*|unidad(?:e)? primaria\w*|grappe|zd|idconglome"
    r"|sector(?: censal)?|id upm|cod upm|ups"
)
YEAR = r"anos?|anio|year|annee|periodo|vigencia|vgnc|gestion|ejercicio|\w* vgnc|a o|anio ref\w*|ano ref\w*"
PERIOD = r"mes|month|trimestre|quarter|trim|mois|semestre|semana"
LATITUDE = r"lat|latitud|latitude|y|coord y|lat\w*"
LONGITUDE = r"lon|long|lng|longitud|longitude|x|coord x|longitud\w*"

IDENTITY_NAME = (
    r"apellidos?\w*|nome completo|primer nombre|segundo nombre|first ?names?|last ?names?|surnames?|sobrenomes?|nom de famille"
    r"|prenoms?|full ?name|nombre completo|nombres? y apellidos?|nombres? (?:de(?:l| la)? )?(?:nin\w*|menor|jefe|persona|alumno|estudiante|madre|padre|tutor)"
    r"|nomes? (?:d[ao] )?(?:crianca|mae|pai|aluno|pessoa|responsavel)|(?:child|mother|father|student|head) ?name|nom et prenoms?|nombres"
)
IDENTITY_NUMBER = (
    r"cedula|dni|cpf|curp|rut|run|cui|ssn|nis|pasaporte|passport|documento|nro documento|num(?:ero)? (?:de )?(?:documento|identidad|identificacion|cedula)"
    r"|doc(?:umento)? (?:de )?(?:identidad|identidade)|tarjeta (?:de )?identidad|identidad|identificacion|national id|id number|carne \w*|identidade"
    r"|telefono\w*|celular|telefone|phone\w*|movil|email|e mail|correo\w*|courriel|telephone|cedula\w*|dui|rtn"
)

# Measures --------------------------------------------------------------------------------------------------------------

CHILD_LABOUR = (
    r"ti|ti amplio|\w*trabinf\w*|trab\w* (?:infan\w*|inf)|child ?lab\w*|child ?work\w*|trava\w* (?:des )?enfants?|working children|\w*child ?labou?r\w*"
    r"|nin\w* (?:que )?trabaj\w*|crianc\w* (?:que )?trabalh\w*|tti|1[0-5] (?:a )?1[3-7] (?:anos? )?ocupad\w*|ocup\w* 10 (?:a )?1[3-7]|tasa ti|enti"
)
WORKS = (
    r"trabaj\w*|trabalh\w*|ocupad[oa]s?|works?|worked|working|travail\w*|employed|empleo|laboral|condact|actividad|v4001|p400|trabajo ?\w*|child labou?r"
    r"|labou?r|ayuda campo"
)
COUNTED = r"num\w*|n|casos|cases|numero|cantidad|cant|qtd\w*|nb|quantidade|count|numerador|nro|no|ninos|trabajan|trabajadores|vistos"
OUT_OF = r"den\w*|total(?:es)?|denominador|pob\w*|pop\w*|encuestados?|entrevistad\w*|ninos|children|criancas|enfants|base|universo|\d+ a \d+|todos"
RATE = r"%|pct|por ?ciento|porcentaje|porc|percent\w*|perc|tasa|tx|taxa|taux|rate|prop\w*|prev\w*|share|part|incidencia"
# Rates of another scale than percent: per 1,000, 10,000 or 100,000.
PER_THOUSAND = (
    r"(?:por|x|per|pour|p|cada|sobre|en|em)(?: cada)? (?:mil|mille|thousand|diez mil|dez mil|cien mil|cem mil|cent mille|100 mil|10 mil"
    r"|1 ?000|10 ?000|100 ?000)|permil\w*|x1000|por1000|per1000"
)
RISK = r"riesgo\w*|risco\w*|risk\w*|risque\w*|prob\w*|area risk|pred(?:icho|iction)"
ERROR = r"(?:se|ee|s e|error estandar|std ?err\w*|standard error|erro padrao|desv\w* estandar|error std|sd|erreur type|\w* (?:se|ee))(?: (?:pct|%|puntos))?"
INTERVAL = r"lower|upper|lim\w* (?:inf|sup)\w*|ic ?(?:inf|sup|95)\w*|li95|ls95"
SAMPLE_SIZE = r"n|ni|n muestra|muestra|entrevistad\w*|encuestad\w*|sample ?size|n obs|obs|casos muestrales"
CHILDREN = (
    r"(?:pob|pop|pobl|poblacion|populacao|population|personas?|n)? ?(?:de )?(?:0?[3-9]|1[0-2]) ?(?:a|y|-|al|to|_)? ?1[0-9](?: anos| years| ans)?"
    r"|nin\w*(?: \w+)*|nna\w*|crian\w*(?: \w+)*|children(?: \w+)*|enfants?(?: \w+)*|menores(?: \w+)*|adolesc\w*(?: \w+)*"
)
POPULATION = (
    r"(?:pob\w*|pop\w*|habitantes|hab)(?: (?:tot\w*|20\d\d|19\d\d|\w+))?|poblacion total\w*|populacao total|total population|population totale|personas"
    r"|total|pesotot|pesorur|pesourb|hombres|mujeres|homens|mulheres|total personas"
)
CATEGORY = r"categor\w*|valor(?:es)?|value|modalidad|opcion|respuesta|clase|grupo|category|categorie|nivel"
VARIABLE = r"variable|variavel|determinant\w*|pregunta|indicador|indicator|tema|caracteristica|modulo|columna|dimension"
DICTIONARY = (
    r"variables?|variavel|siglas?|columnas?|campos?|etiquetas?|descripc\w*|descricao|labels?|rotulos?|definic\w*|definition|preguntas?|valor(?:es)?"
    r"|significado|nome curto|nome longo|codigos?|meaning|unidad|fuente|tipo|largura|longitud|variable \w+|constructo|universo|question"
)
SERVICE = (
    r"escuela\w*|escola\w*|school\w*|centros?|programas?|servicios?|services?|cupos|beneficiari\w*|establecimiento\w*|hospital\w*|cras|creas"
    r"|unidad educativa|institucion\w*|capacidad|equipamento\w*|oferta|albergue|programme\w*|plazas|vagas|sede\w*|ecole\w*"
)
TOTALS = (
    r"total(?:es)?|brasil|nacional|national|pais|republica\w*|estados unidos mexicanos|colombia|peru|argentina|sum[ae]?"
)


@lru_cache(maxsize=4096)
def _compiled(pattern: str, whole: bool) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})" if whole else rf"(?:^| )(?:{pattern})(?= |$)")


def is_word(pattern: str, plain: str) -> bool:
    """Whether the whole name is one of these."""
    return _compiled(pattern, True).fullmatch(plain) is not None


def has_word(pattern: str, plain: str) -> bool:
    """Whether one of these is among the words of the name."""
    return _compiled(pattern, False).search(plain) is not None
