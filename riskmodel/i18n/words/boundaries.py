"""Words of problems in a file of boundaries, and of codes that do not meet."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "boundaries_unknown_kind": ProblemWords(
        N_("This kind of file cannot be read as a map."),
        N_("Use a file that ends in one of these: {kinds}. A shapefile must be one zip with all its parts."),
    ),
    "boundaries_packed": ProblemWords(
        N_("The map is packed in a way that cannot be opened here (.rar, .7z or .gz)."),
        N_("Unpack it on your computer, pack its files again as .zip, and bring that."),
    ),
    "boundaries_zip_locked": ProblemWords(
        N_("The zip is locked with a password."),
        N_("Unpack it with the password, pack its files again without one, and bring that."),
    ),
    "boundaries_zip_unsafe": ProblemWords(
        N_("The zip names files outside its own folder, which a map never needs. It was not opened."),
        N_("Ask whoever sent it, or download the map from the office that publishes it."),
    ),
    "boundaries_zip_too_large": ProblemWords(
        N_("The zip would unpack to more than a map of areas can need (the most is {most} MB). It was not opened."),
        N_("Check that it is the right file. A very detailed map can be saved as GeoPackage, with fewer layers."),
    ),
    "boundaries_not_readable": ProblemWords(
        N_("The file of boundaries cannot be read: it is damaged, cut off, or not what its name says."),
        N_("Download it again, or open it in a mapping program and export it as GeoJSON or GeoPackage."),
    ),
    "boundaries_not_geojson": ProblemWords(
        N_("The file is JSON, but not a map."),
        N_("Use GeoJSON (a FeatureCollection) or TopoJSON."),
    ),
    "boundaries_empty": ProblemWords(
        N_("The file of boundaries holds no areas."),
        N_("Choose the file or the layer that has the boundaries of the areas."),
    ),
    "boundaries_zip_without_map": ProblemWords(
        N_("The zip holds no file of boundaries."),
        N_("Put one of these kinds of file into the zip: {kinds}."),
    ),
    "boundaries_shapefile_incomplete": ProblemWords(
        N_("The shapefile lacks parts: {missing}."),
        N_("Zip all the files of the shapefile together: .shp, .shx, .dbf and .prj."),
    ),
    "boundaries_parts_missing": ProblemWords(
        N_("The map is made of several files, and these are missing: {missing}."),
        N_("Put all files of the same name together into one zip and bring the zip."),
    ),
    "boundaries_code_not_official": ProblemWords(
        N_("The codes in “{column}” are those of {source}, not the official codes of the country."),
        N_(
            "Bring a table with official codes and names: the codes are then taken by name. Or ask the statistical office for its map."
        ),
    ),
    "boundaries_which_layer": ProblemWords(
        N_("The file holds several layers, or not the one named: {layers}."),
        N_("Choose the layer that has the boundaries of the areas (key “layer” of the study file)."),
    ),
    "boundaries_layer_taken": ProblemWords(
        N_("Of the layers of the file only “{layer}” can hold areas; it was read."),
        N_("Nothing needs to be done if that is the right one."),
    ),
    "boundaries_encoding_unknown": ProblemWords(
        N_("“{encoding}” is not a way of writing letters that is known here."),
        N_("Leave the key “encoding” out, or write UTF-8, CP1252 or CP850."),
    ),
    "boundaries_encoding_wrong": ProblemWords(
        N_("The letters with accents are not written as the file says ({said}); they were read as {found}."),
        N_("Look at the names. If they are wrong, write the right one in the key “encoding” of the study file."),
    ),
    "boundaries_no_code_column": ProblemWords(
        N_("The file of boundaries has no column “{column}”."),
        N_("Choose the column that holds the code of each area. The file has: {columns}."),
    ),
    "boundaries_no_code_found": ProblemWords(
        N_("No column of the map looks like the code of its areas."),
        N_("Use a map with the official codes. With names only, the areas must be matched by name first."),
    ),
    "boundaries_codes_blank": ProblemWords.counted(
        NN_("{count} shape has no code and is left out.", "{count} shapes have no code and are left out."),
        N_("Check that the column chosen is the code of the area. Lakes and disputed land often have none."),
    ),
    "boundaries_no_geometry": ProblemWords.counted(
        NN_("{count} area of the map has no shape: {codes}.", "{count} areas of the map have no shape: {codes}."),
        N_("They stay in the tables and are not drawn. Ask the producer of the map for their boundaries."),
    ),
    "boundaries_no_polygons": ProblemWords(
        N_("The file holds points or lines, not areas."),
        N_("Use the file with the boundaries of the areas as polygons."),
    ),
    "boundaries_not_polygons": ProblemWords.counted(
        NN_(
            "{count} shape is a point or a line and is left out.",
            "{count} shapes are points or lines and are left out.",
        ),
        N_("Nothing needs to be done if these are not areas."),
    ),
    "boundaries_no_crs": ProblemWords(
        N_("The map does not say in which system its coordinates are, and no system of the region fits them."),
        N_("Ask the producer for the complete map (a shapefile with its .prj), or for one in degrees (WGS 84)."),
    ),
    "boundaries_crs_which": ProblemWords(
        N_("In which system are the coordinates? The map does not say; its numbers fit: {candidates}."),
        N_(
            'Ask the office that made the map and choose its system (in the study file: crs = "{first}"). Then look '
            "whether the areas lie where they should."
        ),
    ),
    "boundaries_crs_lies": ProblemWords(
        N_(
            "The map says that its coordinates are in “{said}”, which cannot be: its numbers fit another system. "
            "In which one are they? Possible are: {candidates}."
        ),
        N_(
            'Ask the office that made the map and choose its system (in the study file: crs = "{first}"). Then look '
            "whether the areas lie where they should."
        ),
    ),
    "boundaries_crs_not_said": ProblemWords(
        N_("The map says that its coordinates are in “{said}”, which cannot be; they are read as degrees (WGS 84)."),
        N_("Look whether the areas lie where they should on the map."),
    ),
    "boundaries_crs_unknown": ProblemWords(
        N_("“{crs}” is not a coordinate system that is known here."),
        N_('Write its number in the register of systems, for example crs = "EPSG:4326" for degrees.'),
    ),
    "boundaries_crs_declared_wrong": ProblemWords(
        N_("Read in the system “{crs}”, the map lies outside the world."),
        N_("Another system is meant. Choose it again, or leave it out to see which ones fit."),
    ),
    "boundaries_axes_exchanged": ProblemWords(
        N_(
            "Are latitude and longitude exchanged? As they stand, the areas lie in the sea; exchanged, they lie on land."
        ),
        N_(
            'If they are, say so (in the study file: axes = "latitude_longitude"). If the map is right as it stands, '
            'write axes = "longitude_latitude".'
        ),
    ),
    "boundaries_crs_assumed": ProblemWords(
        N_("The map does not say in which system its coordinates are; they are read as degrees (WGS 84)."),
        N_("Nothing needs to be done if the map looks right."),
    ),
    "boundaries_outside_world": ProblemWords(
        N_("The coordinates of the map lie outside the world."),
        N_("The map probably names a wrong coordinate system. Export it again in degrees (WGS 84, EPSG:4326)."),
    ),
    "boundaries_not_in_country": ProblemWords(
        N_("The areas of the map do not lie in {country}."),
        N_("The file may be of another country, or in another system than it says: ask the office that made the map."),
    ),
    "boundaries_mended": ProblemWords.counted(
        NN_(
            "{count} shape crosses or touches itself and was mended: {codes}.",
            "{count} shapes cross or touch themselves and were mended: {codes}.",
        ),
        N_("Look at these areas on the map. If one looks wrong, ask the producer for a corrected file."),
    ),
    "boundaries_surface_changed": ProblemWords.counted(
        NN_(
            "Mending changed the surface of {count} area by more than 1% (by {percent}%): {codes}.",
            "Mending changed the surface of {count} areas by more than 1% (at most by {percent}%): {codes}.",
        ),
        N_("Look at these areas on the map first: there the file was ambiguous about what is land."),
    ),
    "boundaries_overlap": ProblemWords.counted(
        NN_(
            "{count} pair of areas cover each other in part: {codes}.",
            "{count} pairs of areas cover each other in part: {codes}.",
        ),
        N_("Both are kept as drawn. A new municipality may stand beside the one it was cut from: use one year's map."),
    ),
    "boundaries_sliver": ProblemWords.counted(
        NN_(
            "{count} area is so thin or small that it may be left over from drawing: {codes}.",
            "{count} areas are so thin or small that they may be left over from drawing: {codes}.",
        ),
        N_("They are kept. Small islands are rightly so; anything else should be removed by the producer of the map."),
    ),
    "boundaries_far": ProblemWords.counted(
        NN_(
            "{count} area lies in Antarctica or far from all others: {codes}.",
            "{count} areas lie in Antarctica or far from all others: {codes}.",
        ),
        N_(
            "They are kept, and make the rest of the country small on the map. Leave them out of the file if nobody lives there."
        ),
    ),
    "boundaries_codes_joined": ProblemWords.counted(
        NN_(
            "{count} code stands on several shapes, which were joined into one area: {codes}.",
            "{count} codes stand on several shapes each, which were joined into one area per code: {codes}.",
        ),
        N_("This is right for an area of several parts. If not, correct the codes in the file."),
    ),
    "codes_none_match": ProblemWords(
        N_("No code of the table is on the map. The table has {in_table}; the map has {in_map}."),
        N_("Choose the columns with the same kind of code in both files. Look for lost zeros at the beginning."),
    ),
    "codes_only_in_table": ProblemWords.counted(
        NN_(
            "{count} area of the table is not on the map: {codes}.",
            "{count} areas of the table are not on the map: {codes}.",
        ),
        N_(
            "They stay in the tables and are not drawn. If they should be, use a map of the whole country and of the same year as the table."
        ),
    ),
    "codes_only_on_map": ProblemWords.counted(
        NN_(
            "{count} area of the map is not in the table: {codes}.",
            "{count} areas of the map are not in the table: {codes}.",
        ),
        N_("They are drawn as “no data”. Use a table of the same year as the boundaries."),
    ),
    "points_no_columns": ProblemWords(
        N_("No columns with latitude and longitude were found. The table has: {columns}."),
        N_("Say which ones they are (options --latitude and --longitude)."),
    ),
    "points_exchanged": ProblemWords.counted(
        NN_(
            "Latitude and longitude seem to be exchanged: only then {count} point lies in an area.",
            "Latitude and longitude seem to be exchanged: only then {count} points lie in an area.",
        ),
        N_("If they are, say so (option --exchanged)."),
    ),
    "points_signs_lost": ProblemWords.counted(
        NN_(
            "Minus signs seem to be missing: only with them {count} point lies in an area.",
            "Minus signs seem to be missing: only with them {count} points lie in an area.",
        ),
        N_(
            "If they are, say so (option --signs-lost). West of Greenwich and south of the equator degrees are below zero."
        ),
    ),
    "points_no_map": ProblemWords(
        N_("The study has points and no boundaries to find their areas with."),
        N_("Bring the boundaries of the areas, or take the points out of the study."),
    ),
    "points_target_taken": ProblemWords(
        N_("The table made of the points would be written over a file that was not made here."),
        N_("Give it another name in the study file (table or count of the points)."),
    ),
    "study_points_written": ProblemWords(
        N_("It is not said which file is to be made of the points, or its name cannot be used."),
        N_(
            "Name a file that ends in .csv, without folder: table for the points with their codes, count for the number in each area."
        ),
    ),
    "points_none_inside": ProblemWords.counted(
        NN_(
            "The {count} point of the table lies in no area.",
            "None of the {count} points of the table lies in an area.",
        ),
        N_(
            "Check that the coordinates are degrees, such as -12.05 and -77.04, and that the map is of the same country."
        ),
    ),
    "points_outside": ProblemWords.counted(
        NN_("{count} point lies in no area.", "{count} points lie in no area."),
        N_("They have no code in the new table. Check their coordinates: a missing minus sign is the usual fault."),
    ),
    "points_without_coordinates": ProblemWords.counted(
        NN_("{count} row has no readable coordinates.", "{count} rows have no readable coordinates."),
        N_("They have no code in the new table. Write degrees, such as -12.05 and -77.04."),
    ),
    "points_near_border": ProblemWords.counted(
        NN_(
            "{count} point lies within {metres} metres of a border.",
            "{count} points lie within {metres} metres of a border.",
        ),
        N_("The map may be coarser than that. They are marked “near_border” in the new table."),
    ),
}
