"""Words of problems in a file of boundaries, and of codes that do not meet."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "boundaries_unknown_kind": ProblemWords(
        N_("This kind of file cannot be read as a map."),
        N_("Use a file that ends in one of these: {kinds}. A shapefile must be one zip with all its parts."),
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
    "boundaries_which_layer": ProblemWords(
        N_("The file holds several layers, or not the one named: {layers}."),
        N_("Name one of the layers."),
    ),
    "boundaries_no_code_column": ProblemWords(
        N_("The file of boundaries has no column “{column}”."),
        N_("Choose the column that holds the code of each area. The file has: {columns}."),
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
        N_("The map does not say in which system its coordinates are, and they are not degrees."),
        N_("Add the .prj file to the zip, or export the map in degrees (WGS 84, EPSG:4326)."),
    ),
    "boundaries_crs_assumed": ProblemWords(
        N_("The map does not say in which system its coordinates are; they are read as degrees (WGS 84)."),
        N_("Nothing needs to be done if the map looks right."),
    ),
    "boundaries_outside_world": ProblemWords(
        N_("The coordinates of the map lie outside the world."),
        N_("The map probably names a wrong coordinate system. Export it again in degrees (WGS 84, EPSG:4326)."),
    ),
    "boundaries_mended": ProblemWords.counted(
        NN_(
            "{count} shape crosses or touches itself and was mended: {codes}.",
            "{count} shapes cross or touch themselves and were mended: {codes}.",
        ),
        N_("Look at these areas on the map. If one looks wrong, ask the producer for a corrected file."),
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
        N_("They stay in the tables and are not drawn. Use boundaries of the same year as the table."),
    ),
    "codes_only_on_map": ProblemWords.counted(
        NN_(
            "{count} area of the map is not in the table: {codes}.",
            "{count} areas of the map are not in the table: {codes}.",
        ),
        N_("They are drawn as “no data”. Use a table of the same year as the boundaries."),
    ),
}
