/* libyaml's bare parse of every YAML file of a folder: events made and thrown away. Prints the median of five rounds. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

struct text { unsigned char *bytes; size_t size; };

static void parse(const struct text *text) {
    yaml_parser_t parser;
    yaml_event_t event;
    int done = 0;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, text->bytes, text->size);
    while (!done) {
        if (!yaml_parser_parse(&parser, &event)) exit(1);
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static int ascending(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

int main(int count, char **arguments) {
    DIR *folder = count == 2 ? opendir(arguments[1]) : NULL;
    struct text *texts = NULL;
    struct dirent *entry;
    size_t files = 0;
    double rounds[5];
    if (!folder) return 2;
    while ((entry = readdir(folder))) {
        char path[4096];
        FILE *file;
        long size;
        if (!strstr(entry->d_name, ".yaml")) continue;
        snprintf(path, sizeof path, "%s/%s", arguments[1], entry->d_name);
        if (!(file = fopen(path, "rb")) || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0) return 1;
        rewind(file);
        texts = realloc(texts, (files + 1) * sizeof *texts);
        texts[files].bytes = malloc((size_t)size + 1);
        texts[files].size = fread(texts[files].bytes, 1, (size_t)size, file);
        fclose(file);
        files++;
    }
    for (int round = 0; round < 5; round++) {
        struct timespec start, end;
        clock_gettime(CLOCK_MONOTONIC, &start);
        for (size_t index = 0; index < files; index++) parse(&texts[index]);
        clock_gettime(CLOCK_MONOTONIC, &end);
        rounds[round] = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    }
    qsort(rounds, 5, sizeof *rounds, ascending);
    printf("libyaml_seconds %.6f\n", rounds[2]);
    return 0;
}
